/**
 * The back button must not lead out of a running exam. An extra entry in the browser's history takes the step back;
 * browsers count it only when it was added after the person did something, so it is added at the first key or click.
 */

import { onScopeDispose } from "vue";

export function useHistoryGuard(kept: () => void): void {
  let isArmed = false;
  const arm = (): void => {
    if (isArmed) return;
    isArmed = true;
    history.pushState({ ...(history.state as object | null) }, "");
  };
  const back = (): void => {
    isArmed = false;
    arm();
    kept();
  };
  addEventListener("pointerdown", arm);
  addEventListener("keydown", arm);
  addEventListener("popstate", back);
  onScopeDispose(() => {
    removeEventListener("pointerdown", arm);
    removeEventListener("keydown", arm);
    removeEventListener("popstate", back);
  });
}
