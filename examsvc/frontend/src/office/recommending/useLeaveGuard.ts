import { onScopeDispose, ref, type Ref } from "vue";
import { onBeforeRouteLeave } from "vue-router";

/** A question before leaving a page whose text the server does not have yet. */
export interface LeaveGuard {
  isAsking: Readonly<Ref<boolean>>;
  answer: (leaves: boolean) => void;
}

/** Ask before leaving while `isUnsaved` says so, after `rescue` was tried once. */
export function useLeaveGuard(isUnsaved: () => boolean, rescue: () => Promise<unknown> = () => Promise.resolve()): LeaveGuard {
  const isAsking = ref(false);
  let settle: (leaves: boolean) => void = () => undefined;

  const warn = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault();
  };
  addEventListener("beforeunload", warn);
  onScopeDispose(() => removeEventListener("beforeunload", warn));

  onBeforeRouteLeave(async () => {
    if (isUnsaved()) await rescue();
    if (!isUnsaved()) return true;
    isAsking.value = true;
    return new Promise<boolean>((resolve) => (settle = resolve));
  });

  return {
    isAsking,
    answer: (leaves) => {
      isAsking.value = false;
      settle(leaves);
    },
  };
}
