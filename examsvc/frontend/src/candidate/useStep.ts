/** One step before the exam: asks the server once at a time, shows what it refuses, begins reading at the heading. */

import { onMounted, type Ref } from "vue";

import { useAttempt } from "@/shared/useAttempt";

import type { SittingView } from "./types";
import type { Sitting } from "./useSitting";

export function useStep(sitting: Sitting, heading: Readonly<Ref<HTMLElement | null>>) {
  const { isBusy, failure, attempt } = useAttempt();

  /** Do it and take over how the sitting stands then; returns whether it worked. A second click does nothing. */
  async function run(ask: () => Promise<SittingView>): Promise<boolean> {
    if (isBusy.value) return false;
    const isDone = await attempt(async () => sitting.adopt(await ask()));
    if (!isDone) void sitting.refresh();
    return isDone;
  }

  onMounted(() => heading.value?.focus({ preventScroll: true }));
  return { isBusy, failure, run };
}
