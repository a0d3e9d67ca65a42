/** What the marks on a sheet make so far. The server's own sum is what counts; this one runs along. Pure. */

import type { Marks } from "../outbox/events";
import type { Criterion } from "../types";

export interface RunningTotal {
  /** Hundredths: awarded less deducted, never below 0, and 0 under a veto. */
  total: number;
  most: number;
  vetoed: boolean;
  marked: number;
  /** Numbers of the criteria without a mark. */
  missing: number[];
}

export function runningTotal(criteria: readonly Criterion[], marks: Marks): RunningTotal {
  const values = criteria.map(({ number, kind }) => ({ kind, value: marks.get(number)?.value ?? 0 }));
  const vetoed = values.some(({ kind, value }) => kind === "VETO" && value > 0);
  const sum = values.reduce((so_far, { kind, value }) => so_far + SIGNS[kind] * value, 0);
  const missing = criteria.filter(({ number }) => !marks.has(number)).map(({ number }) => number);
  const most = criteria.filter(({ kind }) => SIGNS[kind] > 0).reduce((so_far, each) => so_far + each.most, 0);
  return { total: vetoed ? 0 : Math.max(0, sum), most, vetoed, marked: criteria.length - missing.length, missing };
}

const SIGNS: Record<Criterion["kind"], number> = { MEASUREMENT: 1, JUDGEMENT: 1, DEDUCTION: -1, VETO: 0 };

/** The kinds in the order in which a sheet shows them, each with its criteria; kinds without any are left out. */
export function byKind(criteria: readonly Criterion[]): { kind: Criterion["kind"]; criteria: Criterion[] }[] {
  const kinds = Object.keys(SIGNS) as Criterion["kind"][];
  const groups = kinds.map((kind) => ({ kind, criteria: criteria.filter((each) => each.kind === kind) }));
  return groups.filter((group) => group.criteria.length > 0);
}

/** What a candidate who did not come is given: the lowest mark everywhere, and no veto. */
export function lowestMarks(criteria: readonly Criterion[]): { criterion: number; value: number }[] {
  return criteria.map(({ number, kind, values }) => {
    return { criterion: number, value: kind === "VETO" ? 0 : Math.min(...values.map((each) => each.value)) };
  });
}
