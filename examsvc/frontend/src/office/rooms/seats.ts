/** A room's seats as its map shows them. Pure. */

import type { Schemas } from "@/api/client";

export type Placed = Schemas["SeatedCandidate"];
export type UsedRoom = Schemas["RoomInUse"];

export interface Seat {
  number: number;
  candidate: Placed | null;
}

/** Every seat that the room uses, in order, with who sits there. */
export function seatsOf({ capacity, placed }: Pick<UsedRoom, "capacity" | "placed">): Seat[] {
  const bySeat = new Map(placed.map((candidate) => [candidate.seat_number, candidate]));
  return Array.from({ length: capacity }, (_, index) => ({ number: index + 1, candidate: bySeat.get(index + 1) ?? null }));
}

/** The first free seat, where somebody is moved to unless the office says otherwise; 1 in a full room. */
export function firstFree(room: Pick<UsedRoom, "capacity" | "placed">): number {
  return seatsOf(room).find(({ candidate }) => candidate === null)?.number ?? 1;
}

/** The fewest seats that the room can use: those up to the last one that somebody has. */
export function leastCapacity({ placed }: Pick<UsedRoom, "placed">): number {
  return Math.max(1, ...placed.map(({ seat_number }) => seat_number));
}

/** Who is granted a separate room and does not sit in one (yet). */
export function notApart(rooms: readonly Pick<UsedRoom, "is_separate" | "placed">[]): Placed[] {
  return rooms.filter((room) => !room.is_separate).flatMap(({ placed }) => placed.filter(({ separate_room }) => separate_room));
}

/** The sites of rooms, each once, in the order of the rooms. */
export function sitesOf(choices: readonly Pick<Schemas["RoomChoice"], "centre" | "centre_id">[]): { id: string; name: string }[] {
  return [...new Map(choices.map(({ centre, centre_id }) => [centre_id, centre]))].map(([id, name]) => ({ id, name }));
}

export function label(number: number): string {
  return String(number).padStart(2, "0");
}
