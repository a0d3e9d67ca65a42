import { onScopeDispose, readonly, type Ref, ref, toValue } from "vue";

import { serverClock } from "./serverClock";

const TICK_MS = 250;

/** Milliseconds left until an instant, ticking; null while the instant or the server's time is not known. */
export function useRemaining(closesAt: () => string | null | undefined): Readonly<Ref<number | null>> {
  const left = ref<number | null>(null);
  const tick = (): void => {
    const instant = toValue(closesAt);
    left.value = instant ? serverClock.remaining(instant) : null;
  };
  tick();
  const timer = setInterval(tick, TICK_MS);
  onScopeDispose(() => clearInterval(timer));
  return readonly(left);
}
