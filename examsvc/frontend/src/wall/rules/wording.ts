/** Short forms of durations for tiles. */

import type { Tile } from "../types";

const SECOND = 1_000;

/** `0:07`, `12:05`, `1:02:03`; whole seconds, rounded down. */
export function elapsed(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / SECOND));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const padded = String(seconds).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}

/** A seat with its room, as on the ticket; without a room two digits at least, as it stands on the desk. */
export function seat({ room, seat_label, seat_number }: Pick<Tile, "room" | "seat_label" | "seat_number">): string {
  return room ? seat_label : String(seat_number).padStart(2, "0");
}

/** Name and version of a browser by what it says of itself, or all that it says when it is an unknown one. */
export function browserName(userAgent: string): string {
  for (const [word, name] of BROWSERS) {
    const version = new RegExp(`${word}/(\\d+)`).exec(userAgent)?.[1];
    if (version) return `${name} ${version}`;
  }
  return userAgent;
}

/** Whoever is like Chrome says so too, and so is asked first. */
const BROWSERS = [
  ["Edg", "Edge"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Version", "Safari"],
] as const;
