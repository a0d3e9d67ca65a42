/** Who marks which written question, as rows of three people. Pure. */

import type { Schemas } from "@/api/client";

export type Marking = Schemas["WrittenMarkingView"];
type DutyLine = Schemas["WrittenDutyInput"];

/** Two markers and an arbiter; "" while nobody is chosen. */
export interface Seats {
  first: string;
  second: string;
  arbiter: string;
}

/** The seats for all questions, and those of questions that have their own, by version. */
export interface Division {
  all: Seats;
  own: Record<string, Seats>;
}

/** Hundredths of a point. */
export type Step = Schemas["WrittenDivisionInput"]["step"];
export const STEPS: readonly Step[] = [10, 25, 50, 100];
export const nobody = (): Seats => ({ first: "", second: "", arbiter: "" });

export function divisionOf(duties: readonly DutyLine[]): Division {
  const seatsOf = (version: string | null): Seats => {
    const mine = duties.filter((line) => line.item_version_id === version);
    const [first = "", second = ""] = mine.filter((line) => line.duty === "MARKER").map((line) => line.account_id);
    return { first, second, arbiter: mine.find((line) => line.duty === "ARBITER")?.account_id ?? "" };
  };
  const versions = new Set(duties.flatMap((line) => line.item_version_id ?? []));
  return { all: seatsOf(null), own: Object.fromEntries([...versions].map((version) => [version, seatsOf(version)])) };
}

export function dutiesOf({ all, own }: Division): DutyLine[] {
  return [...linesOf(all, null), ...Object.entries(own).flatMap(([version, seats]) => linesOf(seats, version))];
}

/** Whether three different people have the seats. */
export function isWhole({ first, second, arbiter }: Seats): boolean {
  const people = [first, second, arbiter].filter(Boolean);
  return new Set(people).size === 3;
}

/** Whether every question has three different people: its own, or those for all. */
export function isComplete({ all, own }: Division, versions: readonly string[]): boolean {
  return versions.every((version) => isWhole(own[version] ?? all));
}

function linesOf({ first, second, arbiter }: Seats, version: string | null): DutyLine[] {
  const lines = [["MARKER", first], ["MARKER", second], ["ARBITER", arbiter]] as const;
  return lines.filter(([, person]) => person).map(([duty, person]) => ({ account_id: person, duty, item_version_id: version }));
}
