import { type Difficulty, DIFFICULTIES, type Importance, IMPORTANCES, type ItemType } from "../../items/wording";
import type { Row, Rules, StockLine } from "../blueprint";

/** Which difficulty or importance a cell asks for; ANY leaves it open. */
export type Band = Difficulty | "ANY";
export type Level = Importance | "ANY";
export const BANDS: readonly Band[] = ["ANY", ...DIFFICULTIES];
export const LEVELS: readonly Level[] = ["ANY", ...IMPORTANCES];

/** Where a cell stands: its row (a work task, or one knowledge point of it) and its column. */
export interface At {
  task: number;
  point: number | null;
  type: ItemType;
  band: Band;
  level: Level;
}

/** How many items, and hundredths of a point for each. The count is a fraction where marks were typed that it does not make. */
export interface Cell {
  count: number;
  points: number;
}

/** The cells that ask for something or have points of their own, by where they stand. */
export type Cells = Record<string, Cell>;
export type Asked = At & Cell;
/** What a cell shows; a paper has 100 points, so that marks and per cent are the same figure. */
export const UNITS = ["COUNT", "MARKS", "PERCENT"] as const;
export type Unit = (typeof UNITS)[number];

export const keyOf = ({ task, point, type, band, level }: At): string => [task, point ?? "ANY", type, band, level].join("/");

export function atOf(key: string): At {
  const [task = "", point = "", type, band, level] = key.split("/");
  return { task: Number(task), point: point === "ANY" ? null : Number(point), type: type as ItemType, band: band as Band, level: level as Level };
}

/** Return the cells that ask for items, in the order of their rows and columns. */
export function askedOf(cells: Cells): Asked[] {
  const found = Object.entries(cells).flatMap(([key, cell]) => (cell.count > 0 ? [{ ...atOf(key), ...cell }] : []));
  return found.sort((one, other) => one.task - other.task || (one.point ?? 0) - (other.point ?? 0));
}

export const isWhole = ({ count }: Cell): boolean => Number.isInteger(count);
export const countOf = (cells: readonly Cell[]): number => cells.reduce((sum, { count }) => sum + count, 0);
/** Return the hundredths that cells are worth together; whole, whatever fractions were added up. */
export const worthOf = (cells: readonly Cell[]): number => Math.round(cells.reduce((sum, { count, points }) => sum + count * points, 0));

/** Return the figure that a cell shows in a unit: items, or points. */
export const shownIn = (unit: Unit, { count, points }: Cell): number => (unit === "COUNT" ? count : Math.round(count * points) / 100);

/** Return the count that a figure typed in a unit means. */
export function countIn(unit: Unit, typed: number, points: number): number {
  if (!Number.isFinite(typed) || typed <= 0) return 0;
  const count = unit === "COUNT" ? typed : Math.round(typed * 100) / points;
  return Math.abs(count - Math.round(count)) < 1e-9 ? Math.round(count) : count;
}

/** Return the cells as the service takes them; those that are no whole number of items are left out. */
export function wireOf(asked: readonly Asked[]): Rules["cells"] {
  return asked.filter(isWhole).map(({ task, point, type, band, level, count, points }) => ({
    work_task: task,
    ...(point !== null && { knowledge_points: [point] }),
    type,
    difficulty: band === "ANY" ? null : band,
    importance: level === "ANY" ? null : level,
    amount: count,
    unit: "COUNT",
    points,
  }));
}

/** Return the cells of a stored blueprint: those of its rules, or its rows. A cell of several knowledge points is the task's. */
export function storedCells(rows: readonly Row[], rules: Rules | null): Asked[] {
  const own = { point: null, band: "ANY", level: "ANY" } as const;
  if (!rules) return rows.map(({ work_task: task, ...row }) => ({ task, ...own, ...row }));
  return rules.cells.map(({ work_task: task, type, points, amount, unit, difficulty, importance, knowledge_points: named = [] }) => ({
    task,
    point: named.length === 1 ? (named[0] ?? null) : null,
    type,
    band: difficulty ?? "ANY",
    level: importance ?? "ANY",
    points,
    count: unit === "COUNT" || !unit ? amount : countIn(unit, unit === "MARKS" ? amount / 100 : amount, points),
  }));
}

const fits = (wanted: string, has: string | null): boolean => wanted === "ANY" || wanted === has;

/** Return how many items of a bank fit a place of the grid. */
export function stockAt(stock: readonly StockLine[], { task, point, type, band, level }: At): number {
  const fitting = stock.filter(
    (line) =>
      line.work_task === task &&
      (point === null || line.knowledge_point === point) &&
      line.type === type &&
      fits(band, line.difficulty) &&
      fits(level, line.importance),
  );
  return fitting.reduce((sum, { count }) => sum + count, 0);
}

/** Return how important a knowledge point's items are said to be, the most important first. */
export function levelsOf(stock: readonly StockLine[], task: number, point: number): Importance[] {
  return IMPORTANCES.filter((level) => stock.some((line) => line.work_task === task && line.knowledge_point === point && line.importance === level));
}
