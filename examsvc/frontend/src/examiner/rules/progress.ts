/** How far a sheet is, and who comes before and after. Pure. */

import type { SheetLine } from "../types";

export type Progress = "untouched" | "started" | "complete" | "signed";

export function progressOf({ state, marked, criteria }: Pick<SheetLine, "state" | "marked" | "criteria">): Progress {
  if (state === "SIGNED") return "signed";
  if (marked === 0) return "untouched";
  return marked < criteria ? "started" : "complete";
}

export interface CandidateRow {
  candidate_number: string;
  sheets: SheetLine[];
}

/** The sheets by candidate; the server sends them by seat and task. */
export function byCandidate(lines: readonly SheetLine[]): CandidateRow[] {
  const rows = new Map<string, SheetLine[]>();
  for (const line of lines) rows.set(line.candidate_number, [...(rows.get(line.candidate_number) ?? []), line]);
  return [...rows].map(([candidate_number, sheets]) => ({ candidate_number, sheets }));
}

/** The same task's sheets of the candidates before and after. */
export function neighbours(lines: readonly SheetLine[], sheetId: string): { before: SheetLine | null; after: SheetLine | null } {
  const own = lines.find((line) => line.sheet_id === sheetId);
  const same = lines.filter((line) => line.practical_task.number === own?.practical_task.number);
  const at = same.findIndex((line) => line.sheet_id === sheetId);
  return { before: (at > 0 && same[at - 1]) || null, after: (at >= 0 && same[at + 1]) || null };
}
