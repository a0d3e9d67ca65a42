import { api, type Schemas, take } from "@/api/client";

import { type RowDraft, rowDraftOf, rowInputOf } from "./rowDraft";
import type { forSending } from "./rules/mainContent";
import type { Proposal } from "./rules/sections";
import { spanFrom, windowOf } from "./rules/windowOf";
import type { Batch, BatchLine, Occupation, RowDetail, SubmissionWindow } from "./types";
import type { Stored } from "./useKept";

const ofBatch = (batchId: string) => ({ params: { path: { recommendation_id: batchId } } });
const ofRow = (batchId: string, caseId: string) => ({ params: { path: { recommendation_id: batchId, case_id: caseId } } });

export const fetchBatch = (batchId: string): Promise<Batch> => take(api.GET("/api/recommendations/{recommendation_id}", ofBatch(batchId)));

/** Return a row with its annexes. */
export function fetchDetail(batchId: string, caseId: string): Promise<RowDetail> {
  return take(api.GET("/api/recommendations/{recommendation_id}/rows/{case_id}", ofRow(batchId, caseId)));
}

/** Return a row as one types at it, with the version that it has now. */
export async function fetchRow(batchId: string, caseId: string): Promise<Stored<RowDraft>> {
  const row = await fetchDetail(batchId, caseId);
  return { value: rowDraftOf(row), version: row.version };
}

/** Add a row, or change one; return its version. */
export async function storeRow(batchId: string, caseId: string | null, draft: RowDraft, version: number): Promise<number> {
  const body = rowInputOf(draft);
  if (caseId === null) {
    return (await take(api.POST("/api/recommendations/{recommendation_id}/rows", { ...ofBatch(batchId), body }))).version;
  }
  const call = api.PUT("/api/recommendations/{recommendation_id}/rows/{case_id}", { ...ofRow(batchId, caseId), body: { ...body, version } });
  return (await take(call)).version;
}

export function storeProposal(batchId: string, caseId: string, proposal: Proposal, version: number): Promise<Schemas["WrittenView"]> {
  const body = { version, proposal };
  return take(api.PUT("/api/recommendations/{recommendation_id}/rows/{case_id}/proposal", { ...ofRow(batchId, caseId), body }));
}

export function storeContent(batchId: string, caseId: string, content: ReturnType<typeof forSending>, version: number): Promise<Schemas["WrittenView"]> {
  const body = { version, main_content: content };
  return take(api.PUT("/api/recommendations/{recommendation_id}/rows/{case_id}/main-content", { ...ofRow(batchId, caseId), body }));
}

/** Return the 小类 found by a name or by the beginning of a code. */
export async function findOccupations(text: string): Promise<readonly Occupation[]> {
  return (await take(api.GET("/api/occupations", { params: { query: { q: text, level: 3 } } }))).items;
}


export interface Overview {
  batches: readonly BatchLine[];
  returned: readonly Schemas["CaseLine"][];
  window: SubmissionWindow | null;
}

/** Return the department's batches, what was returned to it, and the window by the server's time. */
export async function fetchOverview(): Promise<Overview> {
  const [batches, returned] = await Promise.all([
    take(api.GET("/api/recommendations", { params: { query: { limit: 100 } } })),
    take(api.GET("/api/cases", { params: { query: { state: "RETURNED" } } })),
  ]);
  const query = { ...spanFrom(returned.server_now), own: true };
  const { items } = await take(api.GET("/api/deadlines", { params: { query } }));
  return { batches: batches.items, returned: returned.items, window: windowOf(items, returned.server_now) };
}

/** Put a returned case into a draft batch. */
export function takeBack(caseId: string, version: number, batchId: string): Promise<Schemas["CaseLine"]> {
  const body = { version, recommendation_id: batchId };
  return take(api.POST("/api/cases/{case_id}/take-back", { params: { path: { case_id: caseId } }, body }));
}

/** Return why the case was returned, as its history tells, or "". */
export async function fetchReason(caseId: string): Promise<string> {
  const { items } = await take(api.GET("/api/cases/{case_id}/timeline", { params: { path: { case_id: caseId } } }));
  const last = items.filter(({ action }) => action === "case.returned").at(-1);
  return typeof last?.detail.reason === "string" ? last.detail.reason : "";
}
