import { api, type Schemas, take } from "@/api/client";

export const KINDS = ["SINGLE", "PARALLEL", "INDIVIDUAL"] as const;

export interface DrawOrder {
  kind: Schemas["SetInput"]["kind"];
  count: number;
  overlap: number;
}

/** The ids of the papers, in the order of their forms, and of the draw if it was one of several forms. */
export interface Drawn {
  paperIds: string[];
  drawId: string | null;
}

/** Draw what is ordered. */
export async function drawPapers(blueprintId: string, { kind, count, overlap }: DrawOrder, seed: string | null): Promise<Drawn> {
  const params = { path: { blueprint_id: blueprintId } };
  if (kind === "SINGLE") {
    const body = { seed };
    const { paper_id } = await take(api.POST("/api/blueprints/{blueprint_id}/papers", { params, body }));
    return { paperIds: [paper_id], drawId: null };
  }
  const body = { seed, kind, count, overlap: kind === "PARALLEL" ? overlap : 0 };
  const { papers, draw_id } = await take(api.POST("/api/blueprints/{blueprint_id}/paper-sets", { params, body }));
  return { paperIds: papers.map(({ paper_id }) => paper_id), drawId: draw_id };
}

/** Return how a form is called: A, B, C… of few, its number of many. */
export function formName(number: number, count: number): string {
  return count <= 26 ? String.fromCharCode(64 + number) : String(number);
}
