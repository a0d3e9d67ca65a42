/** What the pages of sittings on paper ask of the server. */

import { api, sendPatiently, take } from "@/api/client";
import { keep } from "@/shared/keep";

import type { Answer, Differences, Listed, Sheet } from "./types";

export interface Times {
  began_at: string;
  handed_in_at: string;
}

const whole = (sessionId: string) => ({ path: { exam_session_id: sessionId } });
const one = (sessionId: string, enrolmentId: string) => ({ path: { exam_session_id: sessionId, enrolment_id: enrolmentId } });
const BASE = "/api/exam-sessions/{exam_session_id}";

export async function listed(sessionId: string): Promise<Listed[]> {
  return (await take(api.GET(`${BASE}/on-paper`, { params: whole(sessionId) }))).items;
}

/** Put these candidates on paper, and keep what is printed for them as a file. */
export async function print(sessionId: string, enrolmentIds: string[], reason: string, fileName: string): Promise<void> {
  const body = { enrolment_ids: enrolmentIds, reason };
  const call = api.POST(`${BASE}/on-paper/print`, { params: whole(sessionId), body, parseAs: "blob", fetch: sendPatiently });
  keep((await take(call)) as unknown as Blob, fileName);
}

export function find(sessionId: string, code: string): Promise<{ enrolment_id: string; name: string; page: number }> {
  return take(api.POST(`${BASE}/on-paper/find`, { params: whole(sessionId), body: { code } }));
}

export function sheet(sessionId: string, enrolmentId: string): Promise<Sheet> {
  return take(api.GET(`${BASE}/enrolments/{enrolment_id}/on-paper`, { params: one(sessionId, enrolmentId) }));
}

export function typeIn(sessionId: string, enrolmentId: string, answers: Record<string, Answer>, times: Times): Promise<Sheet> {
  const body = { answers, times };
  return take(api.POST(`${BASE}/enrolments/{enrolment_id}/on-paper/copies`, { params: one(sessionId, enrolmentId), body }));
}

export function differences(sessionId: string, enrolmentId: string): Promise<Differences> {
  return take(api.GET(`${BASE}/enrolments/{enrolment_id}/on-paper/differences`, { params: one(sessionId, enrolmentId) }));
}

export function decide(sessionId: string, enrolmentId: string, answers: Record<string, Answer>, times: Times | null): Promise<Sheet> {
  const body = { answers, times };
  return take(api.POST(`${BASE}/enrolments/{enrolment_id}/on-paper/differences`, { params: one(sessionId, enrolmentId), body }));
}

export function withdraw(sessionId: string, enrolmentId: string, reason: string): Promise<unknown> {
  return take(api.POST(`${BASE}/enrolments/{enrolment_id}/on-paper/withdraw`, { params: one(sessionId, enrolmentId), body: { reason } }));
}
