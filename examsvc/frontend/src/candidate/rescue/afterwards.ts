/** After the end: what never reached the server in time is handed over as evidence, and the journal's counts are told. */

import { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";
import { batchesOf } from "@/journal/batches";
import type { Entry, EpochCount } from "@/journal/entries";
import { outcomeOf } from "@/journal/wire";

/** Whole rooms end in the same second. */
const SPREAD_MS = 8_000;
/** No waiting cures these. */
const FOR_GOOD = new Set(["too_many_late", "not_found", "not_allowed"]);

/** A hand-in that was not confirmed: when, and what it handed in, as far as it is known to be stored. */
export interface LateHandIn {
  hand_in_at: string;
  epoch: number;
  last_seq: number;
}

export interface Remaining {
  lines: readonly Entry[];
  handIn: LateHandIn | null;
  counts: EpochCount[];
  receipt: string | null;
}

export interface Office {
  /** Resolves to how many lines are kept as late by now: what turns out to be stored is none. */
  sendLate(lines: readonly Entry[], handIn: LateHandIn | null): Promise<number>;
  reportJournal(counts: EpochCount[], receipt: string | null): Promise<unknown>;
}

/**
 * Resolves to how many lines are late once everything was delivered, null when it could not be; tries for as long as waiting
 * may help and `goesOn` says so.
 */
export async function deliver(remaining: Remaining, office: Office, goesOn: () => boolean): Promise<number | null> {
  const { lines, handIn, counts, receipt } = remaining;
  let late = 0;
  const send = (batch: readonly Entry[]) => async () => (late = await office.sendLate(batch, handIn));
  const steps: (() => Promise<unknown>)[] = batchesOf(lines).map(send);
  if (steps.length === 0 && handIn) steps.push(send([]));
  else if (steps.length === 0) await pause(Math.random() * SPREAD_MS);
  if (counts.length) steps.push(() => office.reportJournal(counts, receipt));
  for (const step of steps) if (!(await persist(step, goesOn))) return null;
  return Math.min(late, lines.length);
}

async function persist(step: () => Promise<unknown>, goesOn: () => boolean): Promise<boolean> {
  for (let failures = 1; goesOn(); failures++) {
    try {
      await step();
      return true;
    } catch (failure) {
      const { kind } = outcomeOf(failure);
      if (failure instanceof Refusal && FOR_GOOD.has(failure.code)) return false;
      if (kind !== "retry" && kind !== "login") return false;
      await pause(retryDelay({ failures, leftMs: null, random: Math.random() }));
    }
  }
  return false;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
