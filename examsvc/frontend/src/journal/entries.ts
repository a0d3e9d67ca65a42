/** The lines of the journal: what a candidate changed, in the order of the changes. */

import { UNCLAIMED } from "./unclaimed";

/** A pixel of a picture, from its upper left corner. */
export type Point = [x: number, y: number];

/** The forms of answers; which one depends on the type of the question. Null clears. */
export type Answer =
  | { choice: string }
  | { choices: string[] }
  | { value: boolean }
  | { blanks: string[] }
  | { text: string }
  | { order: string[] }
  | { pairs: Record<string, string> }
  | { gaps: (string | null)[] }
  | { points: Point[] }
  | { parts: PartAnswers }
  | null;

/** The answers of a composite's parts, by the parts' ids. */
export interface PartAnswers {
  [id: string]: Answer;
}

/** Why an entry is kept here but not sent: later work took its place, or the server would not take it. */
export type SetAside = "superseded" | "refused";

/**
 * One change of one question. `(sitting_id, epoch, seq)` is unique; within an epoch `seq` counts 1, 2, 3 …, before a claim it
 * only grows.
 */
export interface Entry {
  sitting_id: string;
  epoch: number;
  seq: number;
  item_ref: string;
  answer: Answer;
  flagged: boolean;
  client_at: string;
  acknowledged: boolean;
  set_aside: SetAside | null;
}

/**
 * What the server holds for a question, told when the sitting is claimed: `epoch` and `seq` with which it is stored. What the
 * office took over was written before, with those of the page that wrote it.
 */
export interface ServerAnswer {
  item_ref: string;
  answer: Answer;
  flagged: boolean;
  epoch: number;
  seq: number;
  written_epoch: number;
  written_seq: number;
}

/** What a question looks like to its candidate. */
export interface Held {
  answer: Answer;
  flagged: boolean;
}

/** What is kept of a sitting beside its lines. */
export interface Mark {
  sitting_id: string;
  /** The last receipt that the server signed. */
  receipt: string | null;
  /** When the candidate handed in, as long as the server has not confirmed it. */
  hand_in_at: string | null;
}

/** How far a page wrote in an epoch, and how far the server confirmed it. */
export interface EpochCount {
  epoch: number;
  written_seq: number;
  acknowledged_seq: number;
}

/** The counts of all epochs that there are lines of, in order; of what was written before a claim, how many. Pure. */
export function countsOf(entries: readonly Entry[]): EpochCount[] {
  const counts = new Map<number, EpochCount>();
  for (const { epoch, seq, acknowledged } of [...entries].sort(byOrder)) {
    const count = counts.get(epoch) ?? { epoch, written_seq: 0, acknowledged_seq: 0 };
    count.written_seq = epoch === UNCLAIMED ? count.written_seq + 1 : seq;
    if (acknowledged) count.acknowledged_seq = seq;
    counts.set(epoch, count);
  }
  return [...counts.values()];
}

/** Compare two entries by the order in which they were made. */
export function byOrder(one: Entry, other: Entry): number {
  return one.epoch - other.epoch || one.seq - other.seq;
}

/** Whether two states of a question say the same. */
export function sameHeld(one: Held, other: Held): boolean {
  return one.flagged === other.flagged && sameAnswer(one.answer, other.answer);
}

/** Whether two answers say the same; a server may give the members back in another order. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  return canonical(one) === canonical(other);
}

function canonical(answer: Answer): string {
  return JSON.stringify(answer, (name, value: unknown) => {
    if (name === "choices" && Array.isArray(value)) return [...(value as string[])].sort();
    return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Whether an entry still waits for the server's receipt. */
export function isUnsynced(entry: Entry): boolean {
  return !entry.acknowledged && entry.set_aside === null;
}

/** A key that no two entries of a sitting share. */
export function keyOf(entry: Entry): string {
  return `${entry.epoch} ${entry.seq}`;
}
