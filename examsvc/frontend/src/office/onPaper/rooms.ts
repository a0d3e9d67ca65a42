/** Who sits where, to print for a whole room at once. Pure. */

import type { Listed } from "./types";

/** As many are printed at once as the server takes. */
export const MOST_AT_ONCE = 200;

type Candidate = Pick<Listed, "enrolment_id" | "room" | "printable">;

/** Number 0 is of those who have no seat in a room. */
export interface Room<T extends Candidate = Listed> {
  number: number;
  name: string;
  candidates: T[];
  /** The enrolments that can be printed. */
  printable: string[];
}

/** The rooms of candidates who come by seat, in their order. */
export function roomsOf<T extends Candidate>(candidates: readonly T[]): Room<T>[] {
  const rooms = new Map<number, Room<T>>();
  for (const one of candidates) {
    const { number, name } = one.room ?? { number: 0, name: "" };
    const room = rooms.get(number) ?? { number, name, candidates: [], printable: [] };
    room.candidates.push(one);
    if (one.printable) room.printable.push(one.enrolment_id);
    rooms.set(number, room);
  }
  return [...rooms.values()];
}

/** Whether the exam session uses rooms at all. */
export const hasRooms = (rooms: readonly Pick<Room, "number">[]): boolean => rooms.some(({ number }) => number > 0);

/** How many of those who can be printed are chosen. */
export function chosenOf(printable: readonly string[], chosen: ReadonlySet<string>): "none" | "some" | "all" {
  const count = printable.filter((id) => chosen.has(id)).length;
  if (count === 0) return "none";
  return count === printable.length ? "all" : "some";
}

/** Choose all of them, or none when all are chosen already. */
export function toggleAll(printable: readonly string[], chosen: Set<string>): void {
  const isAll = chosenOf(printable, chosen) === "all";
  for (const id of printable) if (isAll) chosen.delete(id);
  else chosen.add(id);
}
