/**
 * Handing in: asked first, noted on disk, told to the server once it has every answer, tried until it is through.
 * Without a network it is handed in on this machine and waits; a page that was reloaded meanwhile goes on with it.
 * Who was told so does not get the paper back: what the server refuses then waits for what a proctor decides.
 */

import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";

import type { Exam } from "../useExam";
import type { Sitting } from "../useSitting";

export type HandInStage = "closed" | "asking" | "saving" | "sending";
export type HandIn = ReturnType<typeof useHandIn>;

/** What waiting, or a new login, cures. */
const PASSING = new Set(["responses_missing", "not_logged_in", "sitting_paused"]);

type Seen = Pick<Sitting, "view" | "isConnected" | "refresh">;
type Own = Pick<Exam, "status" | "flush" | "markHandIn" | "clearHandIn" | "handIn" | "untilClose">;

export function useHandIn(sitting: Seen, exam: Own) {
  const stage = ref<HandInStage>("closed");
  const fault = shallowRef<unknown>(null);
  const failures = ref(0);
  let wasCutOff = false;
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
    stopWaiting();
    [stage.value, wasCutOff] = ["closed", false];
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
    if (stage.value === "closed" && exam.status.value.handInAt) [stage.value, wasCutOff] = ["saving", true];
    if (stage.value === "saving" && exam.status.value.unsaved === 0) void send();
  }

  async function send(): Promise<void> {
    stopWaiting();
    stage.value = "sending";
    try {
      await exam.handIn();
      [failures.value, fault.value] = [0, null];
    } catch (thrown) {
      refuse(thrown);
    }
  }

  function refuse(thrown: unknown): void {
    if (isBeingRegained(thrown)) return void (stage.value = "saving");
    const isPassing = thrown instanceof Refusal && (thrown.isTransient || PASSING.has(thrown.code));
    if (!isPassing) {
      fault.value = thrown;
      void sitting.refresh();
    }
    if (isPassing || wasCutOff) return tryAgain();
    stage.value = "asking";
    void exam.clearHandIn();
  }

  /** The page was fenced, and its journal has yet to find out by whom: its status tells when it goes on, and that it does not. */
  function isBeingRegained(thrown: unknown): boolean {
    return thrown instanceof Refusal && thrown.code === "epoch_superseded" && exam.status.value.halt === null;
  }

  function tryAgain(): void {
    stage.value = "saving";
    failures.value += 1;
    const wait = { failures: failures.value, leftMs: exam.untilClose(), random: Math.random() };
    timer = setTimeout(now, retryDelay(wait));
  }

  function stopWaiting(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function now(): void {
    stopWaiting();
    sendWhenSaved();
  }

  watch(isCutOff, (isNow) => (wasCutOff ||= isNow));
  // Not while a try is being waited out.
  watch(exam.status, () => timer === undefined && sendWhenSaved(), { immediate: true });
  watch(() => sitting.view.value?.consent_from, now); // a proctor may have consented
  addEventListener("online", now);
  onScopeDispose(() => {
    stopWaiting();
    removeEventListener("online", now);
  });
  return { stage, fault, isPending, isCutOff, ask, close, stopAsking, confirm };
}
