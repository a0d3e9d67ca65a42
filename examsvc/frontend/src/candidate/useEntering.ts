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
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Enter now; what the server refuses for good is shown, and the sitting is looked at again. */
  async function enter(): Promise<void> {
    if (isEntering.value || exam.paper.value) return;
    clearTimeout(timer);
    isEntering.value = true;
    try {
      await exam.enter();
      [fault.value, failures] = [null, 0];
    } catch (thrown) {
      fault.value = thrown;
      failures += 1;
      await sitting.refresh();
      if (isWorthAnotherTry(thrown)) timer = setTimeout(() => void enter(), delay());
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
    (now) => {
      if (now === "resume") void enter();
      if (now === "paused") fault.value = null; // refused because of it: the screen says so
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  return { fault, isEntering, enter };
}
