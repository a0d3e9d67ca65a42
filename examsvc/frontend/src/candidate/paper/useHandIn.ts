/**
 * Handing in: asked first, noted on disk, told to the server once it has every answer, tried until it is through.
 * Without a network it is handed in on this machine and waits; a page that was reloaded meanwhile goes on with it.
 */

import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";

import type { Exam } from "../useExam";
import type { Sitting } from "../useSitting";

export type HandInStage = "closed" | "asking" | "saving" | "sending";
export type HandIn = ReturnType<typeof useHandIn>;

/** What waiting, or a new login, cures. */
const PASSING = new Set(["responses_missing", "not_logged_in"]);

export function useHandIn(sitting: Sitting, exam: Exam) {
  const stage = ref<HandInStage>("closed");
  const fault = shallowRef<unknown>(null);
  const failures = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isPending = computed(() => stage.value === "saving" || stage.value === "sending");
  /** Handed in here, and nothing goes through. */
  const isCutOff = computed(
    () => isPending.value && (failures.value > 0 || !exam.status.value.isReachable || !sitting.isConnected.value),
  );

  function ask(): void {
    if (stage.value === "closed") stage.value = "asking";
    fault.value = null;
    exam.flush();
  }

  function close(): void {
    clearTimeout(timer);
    stage.value = "closed";
    void exam.clearHandIn();
  }

  /** Time is up: nobody is asked any more; who has handed in already has. */
  function stopAsking(): void {
    if (stage.value === "asking") stage.value = "closed";
  }

  async function confirm(): Promise<void> {
    if (stage.value !== "asking") return;
    fault.value = null;
    failures.value = 0;
    stage.value = "saving";
    await exam.markHandIn();
    sendWhenSaved();
  }

  function sendWhenSaved(): void {
    if (stage.value === "closed" && exam.status.value.handInAt) stage.value = "saving";
    if (stage.value === "saving" && exam.status.value.unsaved === 0) void send();
  }

  async function send(): Promise<void> {
    clearTimeout(timer);
    stage.value = "sending";
    try {
      await exam.handIn();
      failures.value = 0;
    } catch (thrown) {
      refuse(thrown);
    }
  }

  function refuse(thrown: unknown): void {
    const isWaiting = thrown instanceof Refusal && (thrown.isTransient || PASSING.has(thrown.code));
    stage.value = isWaiting ? "saving" : "asking";
    if (!isWaiting) {
      fault.value = thrown;
      void exam.clearHandIn();
      void sitting.refresh();
      return;
    }
    failures.value += 1;
    const wait = { failures: failures.value, leftMs: exam.untilClose(), random: Math.random() };
    timer = setTimeout(sendWhenSaved, retryDelay(wait));
  }

  // Not while a try is being waited out.
  watch(exam.status, () => failures.value === 0 && sendWhenSaved(), { immediate: true });
  const now = (): void => {
    clearTimeout(timer);
    sendWhenSaved();
  };
  addEventListener("online", now);
  onScopeDispose(() => {
    clearTimeout(timer);
    removeEventListener("online", now);
  });
  return { stage, fault, isPending, isCutOff, ask, close, stopAsking, confirm };
}
