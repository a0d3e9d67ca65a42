import type { Problem } from "../types";
import { taskNumber } from "./mainContent";

/** Where a problem stands: in the row itself, in annex 2 or in annex 3. */
export type Place = "row" | "proposal" | "main_content";

const TASK = /^main_content\.work_tasks\.(\d+)(?:\.(\w+)(?:\.(\d+))?)?/;

export function placeOf({ field }: Pick<Problem, "field">): Place {
  if (field.startsWith("proposal.")) return "proposal";
  return field.startsWith("main_content") ? "main_content" : "row";
}

/** Return the section of annex 2 that a problem is about, or "". */
export const sectionOf = ({ field }: Pick<Problem, "field">): string => (placeOf({ field }) === "proposal" ? field.slice("proposal.".length) : "");

/** Return the work task (as （一）) and the line that a problem of annex 3 is about; "" and 0 where it names none. */
export function taskOf({ field }: Pick<Problem, "field">): { number: string; line: number } {
  const [, task, , line] = TASK.exec(field) ?? [];
  return { number: task === undefined ? "" : taskNumber(Number(task)), line: line === undefined ? 0 : Number(line) + 1 };
}

/** Return the problems with errors first; the order of the fields stays. */
export function sorted<P extends Pick<Problem, "severity">>(problems: readonly P[]): P[] {
  return [...problems].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}
