/** What a marker of written answers asks of the server. */

import { api, type Schemas, take } from "@/api/client";

export type MarkedSession = Schemas["MarkedSession"];
export type MarkedSessionView = Schemas["MarkedSessionView"];
export type MarkedQuestion = Schemas["MarkedQuestionView"];
export type AnswerLine = Schemas["WrittenAnswerLine"];
export type Answer = Schemas["WrittenAnswerView"];
export type MarkSent = Schemas["WrittenMarkInput"];

export async function markedSessions(): Promise<MarkedSession[]> {
  return (await take(api.GET("/api/marker/sessions"))).items;
}

export function markedSession(id: string): Promise<MarkedSessionView> {
  return take(api.GET("/api/marker/sessions/{exam_session_id}", { params: { path: { exam_session_id: id } } }));
}

export function markedQuestion(id: string, versionId: string): Promise<MarkedQuestion> {
  const path = { exam_session_id: id, version_id: versionId };
  return take(api.GET("/api/marker/sessions/{exam_session_id}/questions/{version_id}", { params: { path } }));
}

export function answer(id: string): Promise<Answer> {
  return take(api.GET("/api/written-answers/{answer_id}", { params: { path: { answer_id: id } } }));
}

export function sendMark(id: string, body: MarkSent): Promise<Answer> {
  return take(api.PUT("/api/written-answers/{answer_id}/mark", { params: { path: { answer_id: id } }, body }));
}

export function mediaAddress(id: string, versionId: string, digest: string): string {
  return `/api/marker/sessions/${id}/questions/${versionId}/media/${digest}`;
}
