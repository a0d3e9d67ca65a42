import type { Schemas } from "@/api/client";

import type { ItemType } from "../items/wording";

export type Row = Schemas["BlueprintRow"];
export type WorkTask = Schemas["BankWorkTaskWithPoints"];

/** Short answers are marked by people, so a paper has none. */
export const SECTION_TYPES: readonly ItemType[] = ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE", "FILL_IN", "NUMERIC"];
const WHOLE = 100;

/** A cell of the table as typed: how many items, and points for each (in points, not hundredths). */
export interface Cell {
  count: number;
  points: number;
}

/** Cells by `task/type`. */
export type Cells = Record<string, Cell>;

export const cellKey = (task: number, type: ItemType): string => `${task}/${type}`;

export function emptyCells(tasks: readonly WorkTask[]): Cells {
  const keys = tasks.flatMap((task) => SECTION_TYPES.map((type) => cellKey(task.number, type)));
  return Object.fromEntries(keys.map((key) => [key, { count: 0, points: 2 }]));
}

export function rowsOf(cells: Cells): Row[] {
  return Object.entries(cells).flatMap(([key, { count, points }]) => {
    const [task = "", type = ""] = key.split("/");
    return count > 0 ? [{ work_task: Number(task), type: type as ItemType, count, points: Math.round(points * 100) }] : [];
  });
}

/** Return a task's points in hundredths. */
export function pointsOf(rows: readonly Row[], task: number): number {
  return rows.filter(({ work_task }) => work_task === task).reduce((sum, { count, points }) => sum + count * points, 0);
}

/** Return the hundredths that a task's share of the theory part asks for; exact, maybe not whole. */
export function asked(tasks: readonly WorkTask[], task: WorkTask): number {
  const theory = tasks.reduce((sum, each) => sum + each.theory_share, 0);
  return theory === 0 ? 0 : (WHOLE * 100 * task.theory_share) / theory;
}
