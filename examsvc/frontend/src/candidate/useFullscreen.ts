/** Full screen: offered, never forced. */

import { onScopeDispose, readonly, ref } from "vue";

export function useFullscreen() {
  const isOn = ref(document.fullscreenElement !== null);
  const canBe = document.fullscreenEnabled;
  const note = (): void => {
    isOn.value = document.fullscreenElement !== null;
  };
  const toggle = async (): Promise<void> => {
    // A browser that refuses leaves things as they are.
    await (isOn.value ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
      () => undefined,
    );
  };
  document.addEventListener("fullscreenchange", note);
  onScopeDispose(() => document.removeEventListener("fullscreenchange", note));
  return { isOn: readonly(isOn), canBe, toggle };
}
