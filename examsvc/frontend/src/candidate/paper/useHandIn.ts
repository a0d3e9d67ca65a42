/** Handing in: asked first, then waits until the server has every answer, then tried until it is through. */

import { onScopeDispose, ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";

import type { Exam } from "../useExam";
import type { Sitting } from "../useSitting";

export type HandInStage = "closed" | "asking" | "saving" | "sending";
export type HandIn = ReturnType<typeof useHandIn>;

const AGAIN_MS = 2_500;

export function useHandIn(sitting: Sitting, exam: Exam) {
  const stage = ref<HandInStage>("closed");
  const fault = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(): void {
    if (stage.value === "closed") stage.value = "asking";
    fault.value = null;
    exam.flush();
  }

  function close(): void {
    clearTimeout(timer);
    stage.value = "closed";
  }

  function confirm(): void {
    if (stage.value !== "asking") return;
    fault.value = null;
    stage.value = "saving";
    exam.flush();
    sendWhenSaved();
  }

  function sendWhenSaved(): void {
    if (stage.value === "saving" && exam.status.value.unsaved === 0) void send();
  }

  async function send(): Promise<void> {
    stage.value = "sending";
    try {
      await exam.handIn();
    } catch (thrown) {
      refuse(thrown);
    }
  }

  function refuse(thrown: unknown): void {
    fault.value = thrown;
    const isWaiting = thrown instanceof Refusal && (thrown.isTransient || thrown.code === "responses_missing");
    stage.value = isWaiting ? "saving" : "asking";
    if (isWaiting) timer = setTimeout(sendWhenSaved, AGAIN_MS);
    else void sitting.refresh();
  }

  watch(exam.status, sendWhenSaved);
  onScopeDispose(() => clearTimeout(timer));
  return { stage, fault, ask, close, confirm };
}
