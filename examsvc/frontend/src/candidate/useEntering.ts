/** Entering the paper: tried again by itself while the network is down, never in a tight loop. */

import { onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";

import { retryDelay } from "@/journal/backoff";

import type { Screen } from "./rules/screen";
import { type Exam, isWorthAnotherTry } from "./useExam";
import type { Sitting } from "./useSitting";

export type Entering = ReturnType<typeof useEntering>;

export function useEntering(sitting: Sitting, exam: Exam, screen: Readonly<Ref<Screen | null>>) {
  const fault = shallowRef<unknown>(null);
  const isEntering = ref(false);
  /** A pause kept the candidate out until a moment ago. */
  const wasKeptOut = ref(false);
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Enter now. */
  const enter = (): Promise<void> => attempt(exam.enter);

  /** Open the sealed paper by keys that are asked for; it is claimed when it is this page's turn. */
  const beginUntold = (): Promise<void> => attempt(exam.beginUntold);

  /** What the server refuses for good is shown, and the sitting is looked at again. */
  async function attempt(way: () => Promise<void>): Promise<void> {
    if (isEntering.value) return;
    clearTimeout(timer);
    // The start was moved: the paper is here, and only hidden. On another day it is claimed anew.
    if (exam.paper.value && sitting.view.value?.state !== "EXPECTED") return sitting.refresh();
    isEntering.value = true;
    try {
      await way();
      [fault.value, failures] = [null, 0];
    } catch (thrown) {
      fault.value = thrown;
      failures += 1;
      await sitting.refresh();
      if (isWorthAnotherTry(thrown)) timer = setTimeout(() => void attempt(way), delay());
    } finally {
      isEntering.value = false;
    }
  }

  function delay(): number {
    return retryDelay({ failures, leftMs: exam.untilClose(), random: Math.random() });
  }

  // A running sitting of one's own is gone on with at once: after a reload, or after a pause or an end was lifted.
  watch(
    screen,
    (now, before) => {
      wasKeptOut.value = before === "paused" && now === "waiting";
      if (now === "resume") void enter();
      if (now === "paused") fault.value = null; // refused because of it: the screen says so
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  return { fault, isEntering, wasKeptOut, enter, beginUntold };
}
