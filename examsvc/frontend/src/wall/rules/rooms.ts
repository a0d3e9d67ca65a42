import type { Room, Tile } from "../types";

/** Return the rooms that candidates sit in, each once, by number. */
export function roomsOf(tiles: Iterable<Tile>): Room[] {
  const found = new Map([...tiles].flatMap(({ room }) => (room ? [[room.id, room] as const] : [])));
  return [...found.values()].sort((one, other) => one.number - other.number);
}
