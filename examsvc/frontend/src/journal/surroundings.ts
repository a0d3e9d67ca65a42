/** What a journal tells the page, and what it asks of it. */

import type { Held } from "./entries";
import type { Claim, Receipt } from "./wire";

/**
 * Why sending has ended; with "login" it goes on after the candidate has logged in again. "moved": a proctor has moved
 * the candidate to another machine, and this one keeps what it has.
 */
export type Halt = "superseded" | "closed" | "login" | "moved";

export interface JournalStatus {
  /** Questions with a change that the server has not confirmed, text still being typed included. */
  unsaved: number;
  isReachable: boolean;
  halt: Halt | null;
  /** False once a line could not be put on disk: then only the server keeps it. */
  isDurable: boolean;
  /** Questions whose local change stands aside because later work is on the server. */
  superseded: number;
  /** Changes that the server would not take. */
  refused: number;
  /** When the candidate handed in, as long as the server has not confirmed it. */
  handInAt: string | null;
}

export interface Surroundings {
  now(): Date;
  /** Milliseconds until the sitting closes, null without an end. */
  leftMs(): number | null;
  changed(): void;
  received(receipt: Receipt): void;
  /** The journal had to claim the sitting anew by itself. */
  reclaimed(claimed: Claimed): void;
}

export interface Claimed {
  claim: Claim;
  /** What each question looks like now. */
  held: Map<string, Held>;
}
