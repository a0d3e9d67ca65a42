/** A page that may be going away writes down what is typed; one that has its network back sends it. */

import { onScopeDispose } from "vue";

interface Leaving {
  flush: () => void;
  leave: () => void;
  isUnsaved: () => boolean;
}

export function useLeaving({ flush, leave, isUnsaved }: Leaving): void {
  const leaveWhenHidden = (): void => {
    if (document.visibilityState === "hidden") leave();
  };
  const warnWhenUnsaved = (event: BeforeUnloadEvent): void => {
    leave();
    if (isUnsaved()) event.preventDefault();
  };
  addEventListener("online", flush);
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", warnWhenUnsaved);
  document.addEventListener("visibilitychange", leaveWhenHidden);
  onScopeDispose(() => {
    removeEventListener("online", flush);
    removeEventListener("pagehide", leave);
    removeEventListener("beforeunload", warnWhenUnsaved);
    document.removeEventListener("visibilitychange", leaveWhenHidden);
  });
}
