import { computed, onScopeDispose, ref, shallowRef } from "vue";

import { api, take } from "@/api/client";
import { serverClock } from "@/time/serverClock";

import type { HandOverState, NewHandOver, SpareView } from "../types";

const ASK_MS = 1_000;

/** A hand-over; with a code of its own unless it goes to a spare machine that shows one. */
type Made = HandOverState & Partial<Pick<NewHandOver, "code" | "address" | "qr_svg">>;

/** Makes hand-overs to other machines, one after the other, and follows the newest until the answers were taken over. */
export function useHandOver(examSessionId: string) {
  const made = shallowRef<Made | null>(null);
  const left = ref(0);
  const isDone = computed(() => Boolean(made.value?.taken_over_at));

  const paramsFor = (sitting_id: string) => ({ path: { exam_session_id: examSessionId, sitting_id } });

  /** Make a code; throws a Refusal. */
  async function make(sittingId: string, reason: string): Promise<void> {
    const path = "/api/wall/{exam_session_id}/sittings/{sitting_id}/hand-over" as const;
    made.value = await take(api.POST(path, { params: paramsFor(sittingId), body: { reason } }));
    tick();
  }

  /** Return where the machine stands that shows the code; throws a Refusal. */
  function look(code: string): Promise<SpareView> {
    const params = { path: { exam_session_id: examSessionId } };
    return take(api.POST("/api/wall/{exam_session_id}/spare-machine", { params, body: { code } }));
  }

  /** Let the candidate go on at the machine that shows the code; throws a Refusal. */
  async function giveTo(code: string, sittingId: string, reason: string): Promise<void> {
    const path = "/api/wall/{exam_session_id}/sittings/{sitting_id}/spare-machine" as const;
    made.value = await take(api.POST(path, { params: paramsFor(sittingId), body: { code, reason } }));
    tick();
  }

  function tick(): void {
    if (made.value) left.value = Math.ceil((serverClock.remaining(made.value.expires_at) ?? 0) / 1_000);
  }

  async function follow(): Promise<void> {
    tick();
    const known = made.value;
    if (!known || isDone.value || (left.value === 0 && !known.used_at)) return;
    const path = "/api/wall/{exam_session_id}/sittings/{sitting_id}/hand-over" as const;
    try {
      const state = await take(api.GET(path, { params: paramsFor(known.sitting_id) }));
      if (made.value?.id === state.id) made.value = { ...made.value, ...state };
    } catch {
      // Asked again in a second.
    }
  }

  const timer = setInterval(() => void follow(), ASK_MS);
  onScopeDispose(() => clearInterval(timer));
  return { made, left, isDone, make, look, giveTo, forget: () => (made.value = null) };
}
