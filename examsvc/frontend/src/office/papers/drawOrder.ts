import { api, type Schemas, take } from "@/api/client";

export const KINDS = ["SINGLE", "PARALLEL", "INDIVIDUAL"] as const;
/** How many papers of a kind may be drawn at once; the server says the same. */
export const MOST_FORMS = { SINGLE: 1, PARALLEL: 8, INDIVIDUAL: 5_000 } as const;

export interface DrawOrder {
  kind: Schemas["SetInput"]["kind"];
  count: number;
  overlap: number;
}

/** Draw one paper and return its id. */
export async function drawPaper(blueprintId: string, seed: string | null): Promise<string> {
  const params = { path: { blueprint_id: blueprintId } };
  return (await take(api.POST("/api/blueprints/{blueprint_id}/papers", { params, body: { seed } }))).paper_id;
}

/** Ask for a set of papers and return the job that draws it. */
export function askForPapers(blueprintId: string, { kind, count, overlap }: DrawOrder, seed: string | null): Promise<Schemas["JobView"]> {
  const params = { path: { blueprint_id: blueprintId } };
  const body = { seed, kind, count, overlap: kind === "PARALLEL" ? overlap : 0 };
  return take(api.POST("/api/blueprints/{blueprint_id}/paper-sets", { params, body }));
}

export const MOST_LETTERS = 26;

/** Return how a form is called: A, B, C… of few, its number of many. */
export function formName(number: number, count: number): string {
  return count <= MOST_LETTERS ? String.fromCharCode(64 + number) : String(number);
}
