/** This machine as a spare one: shows a code, and asks until a proctor has named the candidate who goes on here. */

import { onScopeDispose, ref, shallowRef } from "vue";

import { Refusal } from "@/api/refusal";
import { serverClock } from "@/time/serverClock";

import { showSpare, type ShownSpare, takeSpare } from "../api";

const ASK_MS = 1_500;
/** Nobody leaves a machine asking for a whole day. */
const MOST_MS = 10 * 60_000;

export function useSpare(arrived: (sittingId: string) => void) {
  const shown = shallowRef<ShownSpare | null>(null);
  const left = ref(0);
  const fault = shallowRef<unknown>(null);
  const isResting = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startedAt = performance.now();

  async function turn(): Promise<void> {
    if (performance.now() - startedAt > MOST_MS) return rest();
    await (shown.value ? ask(shown.value) : show());
    timer = setTimeout(() => void turn(), ASK_MS);
  }

  async function show(): Promise<void> {
    try {
      shown.value = await showSpare();
      fault.value = null;
      tick(shown.value);
    } catch (thrown) {
      fault.value = thrown;
    }
  }

  async function ask(own: ShownSpare): Promise<void> {
    tick(own);
    try {
      const sittingId = await takeSpare(own.secret);
      if (sittingId) arrived(sittingId);
    } catch (thrown) {
      // Too old, or named for nobody any more: the next turn shows a new one. Without a network it is asked again.
      if (thrown instanceof Refusal && !thrown.isTransient) shown.value = null;
    }
  }

  function tick({ expires_at }: ShownSpare): void {
    left.value = Math.max(0, Math.ceil((serverClock.remaining(expires_at) ?? 0) / 1_000));
  }

  function rest(): void {
    shown.value = null;
    isResting.value = true;
  }

  function start(): void {
    clearTimeout(timer);
    isResting.value = false;
    startedAt = performance.now();
    void turn();
  }

  onScopeDispose(() => clearTimeout(timer));
  return { shown, left, fault, isResting, start };
}
