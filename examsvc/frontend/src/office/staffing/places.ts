/** In which room of the session each proctor serves; null is from afar. */
export type Places = Record<string, string | null>;

type Room = { session_room_id: string };

/** Where somebody serves: who was not placed yet is offered the only room there is. */
export function roomOf(accountId: string, places: Places, rooms: readonly Room[]): string | null {
  const placed = places[accountId];
  if (placed !== undefined) return placed;
  return rooms.length === 1 ? (rooms[0]?.session_room_id ?? null) : null;
}

/** Where each of the chosen serves. */
export function placesOf(chosen: readonly string[], places: Places, rooms: readonly Room[]): Places {
  return Object.fromEntries([...chosen].sort().map((id) => [id, roomOf(id, places, rooms)]));
}
