import { computed, onScopeDispose, ref, shallowRef } from "vue";

import { api, take } from "@/api/client";

import type { WallLedger } from "../types";

const ASK_MS = 10_000;
const SPREAD_MS = 2_000;

export type TimeLedger = ReturnType<typeof useTimeLedger>;

/** The time ledger of an exam session, asked for again and again; and a chief proctor's decision. */
export function useTimeLedger(examSessionId: string) {
  const ledger = shallowRef<WallLedger | null>(null);
  const isBusy = ref(false);
  const path = { exam_session_id: examSessionId };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const outages = computed(() => ledger.value?.items ?? []);
  const undecided = computed(() =>
    outages.value.filter(({ credits }) => credits.some(({ state }) => state === "PROPOSED")),
  );

  /** Ask now; what cannot be had is asked for with the next round. */
  async function refresh(): Promise<void> {
    clearTimeout(timer);
    try {
      ledger.value = await take(api.GET("/api/wall/{exam_session_id}/time-ledger", { params: { path } }));
    } catch {
      // Shown as it was; the wall's own line tells that the server is away.
    } finally {
      timer = setTimeout(() => void refresh(), ASK_MS + Math.random() * SPREAD_MS);
    }
  }

  /** Approve or reject all that is proposed for an outage; throws a Refusal. */
  async function decide(outage_id: string, approved: boolean, reason: string): Promise<void> {
    isBusy.value = true;
    try {
      const params = { path: { ...path, outage_id } };
      const body = { approved, reason };
      ledger.value = await take(
        api.POST("/api/wall/{exam_session_id}/outages/{outage_id}/decision", { params, body }),
      );
    } finally {
      isBusy.value = false;
    }
  }

  /** Say when the centre's network failed; throws a Refusal, also when the server heard from everybody. */
  async function reportNetwork(from_at: string, to_at: string, reason: string): Promise<void> {
    const body = { from_at, to_at, reason };
    ledger.value = await take(api.POST("/api/wall/{exam_session_id}/outages", { params: { path }, body }));
  }

  void refresh();
  onScopeDispose(() => clearTimeout(timer));
  return { outages, undecided, mayDecide: computed(() => ledger.value?.may_decide ?? false), isBusy, refresh, decide, reportNetwork };
}
