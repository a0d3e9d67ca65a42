/** Beginning and ending the candidate's own break; what was answered before is sent first. */

import { computed, ref, shallowRef } from "vue";

import type { SittingView } from "./types";
import type { Sitting } from "./useSitting";

export function useBreak(sitting: Sitting) {
  const isBusy = ref(false);
  const fault = shallowRef<unknown>(null);
  const minutesLeft = computed(() => Math.floor((sitting.view.value?.break_seconds_left ?? 0) / 60));
  const hasBreak = computed(() => (sitting.view.value?.break_seconds_left ?? 0) > 0);

  async function ask(way: () => Promise<SittingView>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    fault.value = null;
    try {
      sitting.adopt(await way());
      return true;
    } catch (thrown) {
      fault.value = thrown;
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return {
    isBusy,
    fault,
    minutesLeft,
    hasBreak,
    start: () => ask(sitting.api.startBreak),
    end: () => ask(sitting.api.endBreak),
  };
}
