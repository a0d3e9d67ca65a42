import { onScopeDispose, ref, shallowRef } from "vue";

import { api, take } from "@/api/client";
import { useAttempt } from "@/shared/useAttempt";

import type { DocumentType, Grounds, Roll } from "./types";

const AGAIN_MS = 4_000;

/** The roll of a room, asked for again every few seconds, for another tablet may stand at the same door. */
export function useRoll(examSessionId: string, roomId: string) {
  const { isBusy, fault, failure, attempt, forget } = useAttempt();
  const roll = shallowRef<Roll | null>(null);
  const isLost = ref(false);
  const room = { path: { exam_session_id: examSessionId, session_room_id: roomId } };
  const sitting = (sitting_id: string) => ({ path: { exam_session_id: examSessionId, sitting_id } });

  async function look(): Promise<void> {
    if (isBusy.value) return;
    try {
      const seen = await take(api.GET("/api/door/{exam_session_id}/rooms/{session_room_id}", { params: room }));
      if (!isBusy.value) roll.value = seen;
      isLost.value = false;
    } catch (thrown) {
      isLost.value = true;
      if (!roll.value) fault.value = thrown;
    }
  }

  /** Do one step; the answer is the whole roll. Says whether it was done. */
  const step = (call: () => Promise<Roll>): Promise<boolean> => attempt(async () => (roll.value = await call()));

  const checkIn = (id: string, document_type: DocumentType) =>
    step(() => take(api.POST("/api/door/{exam_session_id}/sittings/{sitting_id}/check-in", { params: sitting(id), body: { document_type } })));
  const turnAway = (id: string, body: { grounds: Grounds; note: string; document_type: DocumentType }) =>
    step(() => take(api.POST("/api/door/{exam_session_id}/sittings/{sitting_id}/turning-away", { params: sitting(id), body })));
  const undo = (id: string, reason: string) =>
    step(() => take(api.POST("/api/door/{exam_session_id}/sittings/{sitting_id}/undoing", { params: sitting(id), body: { reason } })));
  const expectAgain = (id: string, reason: string) =>
    step(() => take(api.POST("/api/door/{exam_session_id}/sittings/{sitting_id}/absence-undoing", { params: sitting(id), body: { reason } })));
  const confirmAbsent = (sitting_ids: string[]) =>
    step(() => take(api.POST("/api/door/{exam_session_id}/rooms/{session_room_id}/absences", { params: room, body: { sitting_ids } })));

  /** Return whose ticket it is, scanned or typed; null with the reason shown. */
  async function find(text: string): Promise<string | null> {
    forget();
    try {
      const path = "/api/door/{exam_session_id}/rooms/{session_room_id}/ticket" as const;
      return (await take(api.POST(path, { params: room, body: { text } }))).sitting_id;
    } catch (thrown) {
      fault.value = thrown;
      return null;
    }
  }

  void look();
  const timer = setInterval(() => void look(), AGAIN_MS);
  onScopeDispose(() => clearInterval(timer));
  return { roll, failure, forget, isBusy, isLost, checkIn, turnAway, undo, expectAgain, confirmAbsent, find };
}
