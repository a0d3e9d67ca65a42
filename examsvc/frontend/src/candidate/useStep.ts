/** One step before the exam: asks the server once at a time, shows what it refuses, begins reading at the heading. */

import { computed, onMounted, ref, type Ref, shallowRef } from "vue";

import { useRefusalText } from "@/i18n/useRefusalText";

import type { SittingView } from "./types";
import type { Sitting } from "./useSitting";

export function useStep(sitting: Sitting, heading: Readonly<Ref<HTMLElement | null>>) {
  const refusalText = useRefusalText();
  const isBusy = ref(false);
  const fault = shallowRef<unknown>(null);
  const faultText = computed(() => (fault.value ? refusalText(fault.value) : ""));

  /** Do it and take over how the sitting stands then; returns whether it worked. A second click does nothing. */
  async function run(ask: () => Promise<SittingView>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    fault.value = null;
    try {
      sitting.adopt(await ask());
      return true;
    } catch (thrown) {
      fault.value = thrown;
      void sitting.refresh();
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  onMounted(() => heading.value?.focus({ preventScroll: true }));
  return { isBusy, fault, faultText, run };
}
