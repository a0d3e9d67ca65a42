import type { Schemas } from "@/api/client";

import { DIFFICULTIES, type Difficulty, ITEM_TYPES, type ItemType } from "../items/wording";

export type Row = Schemas["BlueprintRow"];
export type Rules = Schemas["RulesInput"];
export type Trouble = Schemas["TroubleView"];
export type Supply = Schemas["CellSupplyView"];
export type WorkTask = Schemas["BankWorkTaskWithPoints"];

/** What most papers are made of: the columns to begin with. */
export const USUAL_TYPES: readonly ItemType[] = ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE", "FILL_IN", "NUMERIC"];
const WHOLE = 100;

/** A cell of the table as typed: how many items, and points for each (in points, not hundredths). */
export interface Cell {
  count: number;
  points: number;
}

/** Which difficulty a cell asks for; ANY leaves it open. */
export type Band = Difficulty | "ANY";
export const BANDS: readonly Band[] = ["ANY", ...DIFFICULTIES];

/** Cells by `task/type/band`. */
export type Cells = Record<string, Cell>;

export const cellKey = (task: number, type: ItemType, band: Band = "ANY"): string => `${task}/${type}/${band}`;

export function emptyCells(tasks: readonly WorkTask[]): Cells {
  const keys = tasks.flatMap(({ number }) => ITEM_TYPES.flatMap((type) => BANDS.map((band) => cellKey(number, type, band))));
  return Object.fromEntries(keys.map((key) => [key, { count: 0, points: 2 }]));
}

/** Ask for no items of a type. */
export function dropType(cells: Cells, type: ItemType): void {
  for (const key of keysOf(cells)) if (key.split("/")[1] === type) (cells[key] as Cell).count = 0;
}

/** Return the keys of the cells that ask for items, in the order in which they are sent. */
export const keysOf = (cells: Cells): string[] => Object.keys(cells).filter((key) => (cells[key]?.count ?? 0) > 0);

export function rowsOf(cells: Cells): Row[] {
  return keysOf(cells).map((key) => {
    const [task = "", type = ""] = key.split("/");
    const { count, points } = cells[key] as Cell;
    return { work_task: Number(task), type: type as ItemType, count, points: Math.round(points * 100) };
  });
}

/** Limits of the whole paper; null sets none. */
export interface Limits {
  minutes: number | null;
  cooldown_days: number;
  reserve_percent: number;
}

export const noLimits = (): Limits => ({ minutes: null, cooldown_days: 0, reserve_percent: 0 });

export function rulesOf(cells: Cells, limits: Limits): Rules {
  return {
    cells: keysOf(cells).map((key, place) => {
      const { count, ...row } = rowsOf(cells)[place] as Row;
      const band = key.split("/")[2] as Band;
      return { ...row, amount: count, unit: "COUNT", difficulty: band === "ANY" ? null : band };
    }),
    minutes: limits.minutes || null,
    policy: { cooldown_days: limits.cooldown_days || 0, reserve_percent: limits.reserve_percent || 0 },
  };
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
