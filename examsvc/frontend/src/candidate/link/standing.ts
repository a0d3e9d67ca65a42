/** How a sitting stands by what a command says of it. Pure. */

import type { SittingView } from "../types";
import type { Command } from "./commands";

/** An older command only makes the page ask. */
const FRESH_MS = 5_000;

/**
 * What of the sitting follows from a command without asking the server; null when it is over, or too old to say. What
 * hides the paper is believed sooner than what shows it: that must be the latest that is known.
 */
export function standingBy(command: Command, known: Pick<SittingView, "server_now">, now: number): Partial<SittingView> | null {
  const { state, phase, starts_at, closes_at, extra_seconds, break_seconds_left, display, server_now } = command;
  if (!holds(command, known, now)) return null;
  return { state, phase, starts_at, closes_at, extra_seconds, break_seconds_left, display, server_now };
}

function holds({ phase, starts_at, server_now }: Command, known: Pick<SittingView, "server_now">, now: number): boolean {
  if (phase === "WAITING") return Date.parse(starts_at) > now;
  const isFresh = Math.abs(now - Date.parse(server_now)) <= FRESH_MS;
  if (phase === "PAUSED") return isFresh;
  return (phase === "OPEN" || phase === "ON_BREAK") && isFresh && Date.parse(server_now) >= Date.parse(known.server_now);
}

export type Changed = "time" | "break" | "display";

/** What a changed accommodation gives otherwise than was known. */
export function changedBy(command: Command, known: SittingView): Changed[] {
  const isOther = {
    time: command.extra_seconds !== known.extra_seconds,
    break: isOtherBreak(command, known),
    display: command.display.text_size !== known.display.text_size || command.display.high_contrast !== known.display.high_contrast,
  };
  return (["time", "break", "display"] as const).filter((name) => isOther[name]);
}

/** In a break the allowance runs down by itself; only more of it was given. */
function isOtherBreak({ phase, break_seconds_left }: Command, known: SittingView): boolean {
  return phase === "ON_BREAK" ? break_seconds_left > known.break_seconds_left : break_seconds_left !== known.break_seconds_left;
}
