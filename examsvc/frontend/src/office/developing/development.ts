import type { Schemas } from "@/api/client";

export type Development = Schemas["DevelopmentView"];
export type BankChoice = Schemas["BankChoice"];
export type TaskCoverage = Schemas["ChoiceTask"];

/** A case has a development from the pass of its organisation on. */
export const DEVELOPMENT_STATES: ReadonlySet<string> = new Set([
  ...["DEVELOPING", "HANDED_IN", "SCHEME_ASSESSED", "BUREAU_AGREED", "PUBLICITY", "PUBLICISED", "FILED", "ABANDONED"],
]);

/** How much of the time has passed, 0 to 1. */
export function passed(development: Pick<Development, "server_now" | "started_at" | "due_at">): number {
  const [now, from, to] = [development.server_now, development.started_at, development.due_at].map((at) => new Date(at).getTime());
  if (now === undefined || from === undefined || to === undefined || to <= from) return 1;
  return Math.min(1, Math.max(0, (now - from) / (to - from)));
}

/** The theory shares to begin with: half of each weight, as far as it is even. */
export const evenShares = (tasks: readonly { weight: number }[]): number[] => tasks.map(({ weight }) => Math.floor(weight / 2));

/** The numbers of the work tasks whose theory share is no whole number from 0 to the task's weight. */
export function faultyShares(tasks: readonly { number: number; weight: number }[], shares: readonly unknown[]): number[] {
  const fits = (share: unknown, weight: number): boolean => typeof share === "number" && Number.isInteger(share) && share >= 0 && share <= weight;
  return tasks.filter(({ weight }, index) => !fits(shares[index], weight)).map(({ number }) => number);
}

/** What a bank needs for a work task and does not have: points without items, and whether a practical task. */
export function gapsOf(task: TaskCoverage): { points: number[]; practical: boolean } {
  const points = task.theory_share ? task.knowledge_points.filter(({ items }) => items === 0).map(({ number }) => number) : [];
  return { points, practical: task.practical_share > 0 && task.practical_tasks === 0 };
}
