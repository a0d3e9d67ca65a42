import type { Tone } from "@/shared/icons";

import type { DoorSeat, Presence, Roll } from "./types";

/** How good each presence is; in this order counts are shown. */
export const TONES: Record<Presence, Tone> = {
  MISSING: "neutral",
  CHECKED_IN: "good",
  ENTERED: "info",
  TURNED_AWAY: "warn",
  ABSENT: "bad",
};

export const PRESENCES = Object.keys(TONES) as Presence[];

/** Who is to be marked absent: nobody came to these seats while entry was open. */
export function proposed(roll: Roll): DoorSeat[] {
  return roll.seats.filter((seat) => seat.may_be_absent);
}

/** Whether entry is closed by the server's clock, so that absences can be confirmed. */
export function isEntryClosed(roll: Pick<Roll, "server_now" | "entry_closes_at">): boolean {
  return Date.parse(roll.server_now) > Date.parse(roll.entry_closes_at);
}

/** Whether the candidate may still be checked in, turned away, or taken back. */
export function isOpen(seat: DoorSeat): boolean {
  return !seat.has_entered && seat.presence !== "ABSENT";
}

/** Whether the candidate came and was not let in, be it that entry is closed and they are absent by now. */
export function isTurnedAway({ presence, last }: Pick<DoorSeat, "presence" | "last">): boolean {
  return presence === "TURNED_AWAY" || (presence === "ABSENT" && last?.event === "TURNED_AWAY");
}

/** The key of the words for how a seat looks; who was turned away has not simply stayed away. */
export function presenceKey(seat: Pick<DoorSeat, "presence" | "last">): string {
  return seat.presence === "ABSENT" && isTurnedAway(seat) ? "door.absentTurnedAway" : `door.presence.${seat.presence}`;
}
