import { ITEM_TYPES, type ItemType } from "../../items/wording";
import type { KnowledgePoint, WorkTask } from "../blueprint";
import { type Asked, type At, type Band, BANDS, type Level, LEVELS } from "./cells";

export type Column = Pick<At, "type" | "band" | "level">;
export interface Line {
  task: WorkTask;
  /** Null in the line of the task itself. */
  point: KnowledgePoint | null;
}

/** How the columns are parted, and whether those that ask for nothing are folded away. */
export interface Parting {
  bands: boolean;
  levels: boolean;
  onlyAsked: boolean;
}

const isIn = (column: Column) => (one: Column): boolean =>
  one.type === column.type && one.band === column.band && one.level === column.level;

/** Return the columns of the types; one that asks for items is never folded away, whatever is chosen. */
export function columnsOf(types: readonly ItemType[], { bands, levels, onlyAsked }: Parting, asked: readonly Asked[]): Column[] {
  const isOpen = (band: Band, level: Level): boolean => (bands || band === "ANY") && (levels || level === "ANY");
  const all = ITEM_TYPES.flatMap((type) => BANDS.flatMap((band) => LEVELS.map((level) => ({ type, band, level }))));
  return all.filter((column) => {
    const isAsked = asked.some(isIn(column));
    return isAsked || (!onlyAsked && types.includes(column.type) && isOpen(column.band, column.level));
  });
}

/** Return the lines: every task, and below it its knowledge points where it is unfolded. */
export function linesOf(tasks: readonly WorkTask[], unfolded: ReadonlySet<number>): Line[] {
  return tasks.flatMap((task) => [
    { task, point: null },
    ...(unfolded.has(task.number) ? task.knowledge_points.map((point) => ({ task, point })) : []),
  ]);
}

/** Return the columns side by side under their types. */
export function groupsOf(columns: readonly Column[]): { type: ItemType; columns: Column[] }[] {
  return ITEM_TYPES.map((type) => ({ type, columns: columns.filter((column) => column.type === type) })).filter((group) => group.columns.length > 0);
}

export const inColumn = (asked: readonly Asked[], column: Column): Asked[] => asked.filter(isIn(column));

/** Return what a line asks for: a task's line all of it, folded or not. */
export function inLine(asked: readonly Asked[], { task, point }: Line): Asked[] {
  return asked.filter((cell) => cell.task === task.number && (point === null || cell.point === point.number));
}

/** Return what a place asks for by itself; in a task's folded line also what its knowledge points ask for there. */
export function inPlace(asked: readonly Asked[], line: Line, column: Column, isFolded: boolean): Asked[] {
  return inColumn(inLine(asked, line), column).filter((cell) => isFolded || cell.point === (line.point?.number ?? null));
}
