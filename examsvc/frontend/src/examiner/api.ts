/** What the tablet asks of the server. */

import { api, take } from "@/api/client";

import type { MarkEvent } from "./outbox/events";
import type { ExamSessionLine, MarkReceipt, Sheet, SheetList, Signature } from "./types";

export async function examSessions(): Promise<ExamSessionLine[]> {
  return (await take(api.GET("/api/examiner/sessions"))).items;
}

export function sheetList(id: string): Promise<SheetList> {
  return take(api.GET("/api/examiner/sessions/{exam_session_id}/sheets", { params: { path: { exam_session_id: id } } }));
}

export function sheet(id: string): Promise<Sheet> {
  return take(api.GET("/api/sheets/{sheet_id}", { params: { path: { sheet_id: id } } }));
}

export function sendMarks(id: string, batch: readonly MarkEvent[]): Promise<MarkReceipt> {
  const events = batch.map(({ event_id, device_seq, criterion, value, note, client_at }) => {
    return { event_id, device_seq, criterion, value, note, client_at };
  });
  const body = { device_id: batch[0]!.device_id, events };
  return take(api.PUT("/api/sheets/{sheet_id}/marks", { params: { path: { sheet_id: id } }, body }));
}

export function sign(id: string, signature: Signature, digest: string): Promise<Sheet> {
  const body = { ...signature, digest };
  return take(api.POST("/api/sheets/{sheet_id}/signature", { params: { path: { sheet_id: id } }, body }));
}
