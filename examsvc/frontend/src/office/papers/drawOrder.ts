import { api, type Schemas, take } from "@/api/client";

export const KINDS = ["SINGLE", "PARALLEL", "INDIVIDUAL"] as const;
/** How many papers of a kind may be drawn at once; the server says the same. */
export const MOST_FORMS = { SINGLE: 1, PARALLEL: 8, INDIVIDUAL: 5_000 } as const;

export interface DrawOrder {
  kind: Schemas["SetInput"]["kind"];
  count: number;
  overlap: number;
}

/** What was drawn: its first paper, the draw if it was one of several forms, and how many forms it has. */
export interface Drawn {
  paperId: string;
  drawId: string | null;
  count: number;
}

/** Draw one paper. */
export async function drawPaper(blueprintId: string, seed: string | null): Promise<Drawn> {
  const params = { path: { blueprint_id: blueprintId } };
  const { paper_id } = await take(api.POST("/api/blueprints/{blueprint_id}/papers", { params, body: { seed } }));
  return { paperId: paper_id, drawId: null, count: 1 };
}

/** Ask for a set of papers and return the job that draws it. */
export function askForPapers(blueprintId: string, { kind, count, overlap }: DrawOrder, seed: string | null): Promise<Schemas["JobView"]> {
  const params = { path: { blueprint_id: blueprintId } };
  const body = { seed, kind, count, overlap: kind === "PARALLEL" ? overlap : 0 };
  return take(api.POST("/api/blueprints/{blueprint_id}/paper-sets", { params, body }));
}

/** Ask for individual forms in addition to those of a draw and return the job that draws them. */
export function askForMore(drawId: string, count: number): Promise<Schemas["JobView"]> {
  return take(api.POST("/api/paper-sets/{draw_id}/more", { params: { path: { draw_id: drawId } }, body: { count, seed: null } }));
}

/** Return what a job drew. */
export function drawnBy({ result }: Schemas["JobView"]): Drawn {
  return { paperId: String(result?.paper_id), drawId: String(result?.draw_id), count: Number(result?.count) };
}

export const MOST_LETTERS = 26;

/** Return how a form is called: A, B, C… of few, its number of many. */
export function formName(number: number, count: number): string {
  return count <= MOST_LETTERS ? String.fromCharCode(64 + number) : String(number);
}
