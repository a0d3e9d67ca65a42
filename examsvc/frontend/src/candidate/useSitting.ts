/** A sitting as the server sees it, asked again and again so that no lost message matters. */

import { computed, onScopeDispose, ref, shallowRef } from "vue";

import { Refusal } from "@/api/refusal";
import { session } from "@/api/session";
import { onWake } from "@/time/onWake";

import { CAN_WAIT, sittingApi } from "./api";
import type { SittingView } from "./types";

const POLL_MS = 20_000;
const JITTER_MS = 4_000;
/** While the line to the proctors stands, which tells of every change, the server is asked every twenty minutes only. */
const ROUNDS_WHILE_TOLD = 54;
const FINAL = new Set(["HANDED_IN", "TERMINATED", "ABSENT"]);

export type Sitting = ReturnType<typeof useSitting>;

/** Follow a sitting until the scope ends. */
export function useSitting(sittingId: string) {
  const api = sittingApi(sittingId);
  const view = shallowRef<SittingView | null>(null);
  const fault = shallowRef<unknown>(null);
  const isConnected = ref(true);
  /** A proctor has moved the candidate to another machine: nothing is asked from here any more. */
  const isMoved = ref(false);
  const polled = new Set<() => void>();

  /** Ask the server; a failure leaves what is known as it is, and a server that has no time for it is still there. */
  async function refresh(headers: Record<string, string> = {}): Promise<void> {
    try {
      adopt(await api.view(headers));
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === "overloaded" && view.value) return void (isConnected.value = true);
      fault.value = thrown;
      isMoved.value ||= thrown instanceof Refusal && thrown.code === "login_moved";
      isConnected.value = !(thrown instanceof Refusal && thrown.isTransient);
    }
  }

  /** Take over a view unless a later one is known: answers may overtake one another. */
  function adopt(seen: SittingView): void {
    const known = view.value;
    if (!known || Date.parse(seen.server_now) >= Date.parse(known.server_now)) view.value = seen;
    fault.value = null;
    isConnected.value = true;
  }

  /** Take over what a message said before the server is asked again. */
  function amend(part: Partial<SittingView>): void {
    if (view.value) view.value = { ...view.value, ...part };
  }

  const isOver = computed(() => FINAL.has(view.value?.state ?? ""));
  /** Nothing changes any more; only what time has ended can be opened again, and an absence be taken back. */
  const isSettled = computed(() => isOver.value && view.value?.finish_reason !== "TIME_UP" && view.value?.state !== "ABSENT");

  let isTold = (): boolean => false;
  let rounds = 0;
  const stop = repeatedly(async (isRound) => {
    rounds += 1;
    // A page that thinks itself cut off asks each time: the line does not tell it that it is not.
    const isTurn = !isRound || !isTold() || !isConnected.value || rounds % ROUNDS_WHILE_TOLD === 0;
    if (isTurn && session.status === "in" && !isSettled.value && !isMoved.value) await refresh(isRound && view.value ? CAN_WAIT : {});
    for (const listener of polled) listener();
  });
  /** The browser knows at once; asking the server may take a minute to tell. */
  const lose = (): void => void (isConnected.value = false);
  addEventListener("offline", lose);
  onScopeDispose(() => {
    removeEventListener("offline", lose);
    stop();
  });

  return {
    id: sittingId,
    api,
    view,
    fault,
    isConnected,
    isMoved,
    isOver,
    refresh,
    adopt,
    amend,
    /** Have `listener` told after each round. */
    onPoll: (listener: () => void) => polled.add(listener),
    /** Ask less often while `line` says that changes are told by themselves. */
    askSeldomWhile: (line: () => boolean) => (isTold = line),
  };
}

/** Do something about every 20 s and whenever the page comes back into sight or onto the network, or wakes. */
function repeatedly(work: (isRound: boolean) => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const plan = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void work(true).finally(plan), POLL_MS + Math.random() * JITTER_MS);
  };
  const now = (): void => {
    if (document.visibilityState === "visible") void work(false).finally(plan);
  };
  document.addEventListener("visibilitychange", now);
  addEventListener("online", now);
  const stopWaking = onWake(now);
  plan();
  return () => {
    clearTimeout(timer);
    stopWaking();
    document.removeEventListener("visibilitychange", now);
    removeEventListener("online", now);
  };
}
