import { onScopeDispose, ref, watch } from "vue";

import { session } from "@/api/session";

import { type Answer, sendMark } from "./api";
import { MarkQueue, type Waiting } from "./markQueue";

const AGAIN_MS = 5_000;

/** The marks of a page on their way to the server, tried again by themselves; leaving with some is warned of. */
export function useMarkQueue(received: (answer: Answer) => void) {
  const changes = ref(0);
  const queue = new MarkQueue({ send: sendMark, received, changed: () => (changes.value += 1) });
  const wake = (): void => void queue.flush();
  const warn = (event: BeforeUnloadEvent): void => {
    if (queue.size > 0) event.preventDefault();
  };
  const timer = setInterval(() => queue.size > 0 && wake(), AGAIN_MS);
  addEventListener("online", wake);
  addEventListener("beforeunload", warn);
  watch(() => session.status, (now) => now === "in" && wake());
  onScopeDispose(() => {
    clearInterval(timer);
    removeEventListener("online", wake);
    removeEventListener("beforeunload", warn);
  });

  function waitingOf(answerId: string): Waiting | undefined {
    void changes.value;
    return queue.of(answerId);
  }

  function unsaved(): number {
    void changes.value;
    return queue.size;
  }

  return { put: queue.put.bind(queue), drop: queue.drop.bind(queue), flush: wake, waitingOf, unsaved };
}
