/** Beginning and ending the candidate's own break; what was answered before is sent first. */

import { computed } from "vue";

import { useAttempt } from "@/shared/useAttempt";

import type { SittingView } from "./types";
import type { Sitting } from "./useSitting";

export function useBreak(sitting: Sitting) {
  const { isBusy, failure, attempt } = useAttempt();
  const minutesLeft = computed(() => Math.floor((sitting.view.value?.break_seconds_left ?? 0) / 60));
  const hasBreak = computed(() => (sitting.view.value?.break_seconds_left ?? 0) > 0);

  const ask = (way: () => Promise<SittingView>): Promise<boolean> => attempt(async () => sitting.adopt(await way()));

  return {
    isBusy,
    failure,
    minutesLeft,
    hasBreak,
    start: () => ask(sitting.api.startBreak),
    end: () => ask(sitting.api.endBreak),
  };
}
