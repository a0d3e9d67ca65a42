import { computed, onScopeDispose, shallowRef } from "vue";

import { api, take } from "@/api/client";

import type { OwnPost } from "../types";

const ASK_MS = 60_000;
const SPREAD_MS = 15_000;
const WITHHELD = "papers_withheld";

export type Post = ReturnType<typeof usePost>;

/** One's own post in an exam session and what stands against the session, asked for again and again. */
export function usePost(examSessionId: string) {
  const own = shallowRef<OwnPost | null>(null);
  const params = { path: { exam_session_id: examSessionId } };
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh(): Promise<void> {
    try {
      own.value = await take(api.GET("/api/wall/{exam_session_id}/post", { params }));
    } catch {
      // Shown as it was; the wall's own line tells that the server is away.
    } finally {
      timer = setTimeout(() => void refresh(), ASK_MS + Math.random() * SPREAD_MS);
    }
  }

  async function allowPapers(reason: string): Promise<void> {
    own.value = await take(api.POST("/api/wall/{exam_session_id}/papers-allowing", { params, body: { reason } }));
  }

  void refresh();
  onScopeDispose(() => clearTimeout(timer));
  const room = computed(() => own.value?.room ?? null);
  return {
    /** What stands against the session; that nobody begins is told apart. */
    faults: computed(() => own.value?.faults.filter(({ code }) => code !== WITHHELD) ?? []),
    isWithheld: computed(() => own.value?.faults.some(({ code }) => code === WITHHELD) ?? false),
    allowPapers,
    isChief: computed(() => own.value?.is_chief ?? false),
    /** The only room to act in; null for who acts in all. */
    room,
    actsIn: (id: string | undefined): boolean => room.value === null || room.value.id === id,
  };
}
