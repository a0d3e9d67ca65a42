/** What the person asks of the server: once at a time; why it was refused is said until it is asked again. */

import { computed, ref, shallowRef } from "vue";

import { useRefusalText } from "@/i18n/useRefusalText";

export function useAttempt() {
  const refusalText = useRefusalText();
  const isBusy = ref(false);
  const fault = shallowRef<unknown>(null);
  /** Why it was refused, in the page's language, or "". */
  const failure = computed(() => (fault.value ? refusalText(fault.value) : ""));

  /** Do it and return whether it worked. While something is being done, nothing else is. */
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    fault.value = null;
    try {
      await act();
      return true;
    } catch (thrown) {
      fault.value = thrown;
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, fault, failure, attempt, forget: () => (fault.value = null) };
}
