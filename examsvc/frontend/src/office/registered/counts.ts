import type { Schemas } from "@/api/client";

import { DIFFICULTIES, type ItemType } from "../items/wording";

export type Report = Schemas["RegisteredCoverage"];
type Cell = Schemas["RegisteredCell"];

/** Return how many items of a type there are. Pure. */
export const countOf = (cells: readonly Cell[], type: ItemType): number => sum(cells.filter((cell) => cell.type === type));

/** Return how many of them are easy, medium and hard: "3 / 2 / 0". Pure. */
export function bandsOf(cells: readonly Cell[], type: ItemType): string {
  return DIFFICULTIES.map((band) => sum(cells.filter((cell) => cell.type === type && cell.difficulty === band))).join(" / ");
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { count }) => total + count, 0);
}
