/** What an examiner notes, from the tap to the server's receipt. */

import type { OwnMark } from "../types";

/** A change of one criterion; without a value it takes the mark back. */
export interface Change {
  criterion: number;
  value: number | null;
  note: string;
}

/** A change that is being written down: it has no number yet. */
export interface Draft extends Change {
  event_id: string;
  account_id: string;
  sheet_id: string;
  client_at: string;
}

/** One event of a sheet's log. `device_seq` counts 1, 2, 3 … for each sheet and device. */
export interface MarkEvent extends Draft {
  device_id: string;
  device_seq: number;
  acknowledged: boolean;
}

export type Marks = ReadonlyMap<number, OwnMark>;

/** The marks as they stand: what the server holds, changed by what it has not confirmed yet, in order. */
export function overlay(held: readonly OwnMark[], waiting: readonly Change[]): Marks {
  const marks = new Map(held.map((mark) => [mark.criterion, mark]));
  for (const { criterion, value, note } of waiting) {
    if (value === null) marks.delete(criterion);
    else marks.set(criterion, { criterion, value, note });
  }
  return marks;
}

/** Compare two events by device, then by number. */
export function byNumber(one: MarkEvent, other: MarkEvent): number {
  if (one.device_id !== other.device_id) return one.device_id < other.device_id ? -1 : 1;
  return one.device_seq - other.device_seq;
}
