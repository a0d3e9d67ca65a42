import { api, type Schemas, take } from "@/api/client";

export const KINDS = ["SINGLE", "PARALLEL", "INDIVIDUAL"] as const;

export interface DrawOrder {
  kind: Schemas["SetInput"]["kind"];
  count: number;
  overlap: number;
}

/** Draw what is ordered; return the ids of the papers, in the order of their forms. */
export async function drawPapers(blueprintId: string, { kind, count, overlap }: DrawOrder, seed: string | null): Promise<string[]> {
  const params = { path: { blueprint_id: blueprintId } };
  if (kind === "SINGLE") {
    const body = { seed };
    return [(await take(api.POST("/api/blueprints/{blueprint_id}/papers", { params, body }))).paper_id];
  }
  const body = { seed, kind, count, overlap: kind === "PARALLEL" ? overlap : 0 };
  const { papers } = await take(api.POST("/api/blueprints/{blueprint_id}/paper-sets", { params, body }));
  return papers.map(({ paper_id }) => paper_id);
}

/** Return how a form is called: A, B, C… of few, its number of many. */
export function formName(number: number, count: number): string {
  return count <= 26 ? String.fromCharCode(64 + number) : String(number);
}
