/** After the end: what never reached the server in time is handed over as evidence, and the journal's counts are told. */

import { retryDelay } from "@/journal/backoff";
import type { Entry, EpochCount } from "@/journal/entries";
import { outcomeOf } from "@/journal/wire";

const MOST_LINES = 200;
/** Whole rooms end in the same second. */
const SPREAD_MS = 8_000;

export interface Remaining {
  lines: readonly Entry[];
  handInAt: string | null;
  counts: EpochCount[];
  receipt: string | null;
}

export interface Office {
  sendLate(lines: readonly Entry[], handInAt: string | null): Promise<unknown>;
  reportJournal(counts: EpochCount[], receipt: string | null): Promise<unknown>;
}

/** Resolves to whether everything was delivered; tries for as long as waiting may help and `goesOn` says so. */
export async function deliver(remaining: Remaining, office: Office, goesOn: () => boolean): Promise<boolean> {
  const { lines, handInAt, counts, receipt } = remaining;
  const steps = batches(lines).map((batch) => () => office.sendLate(batch, handInAt));
  if (steps.length === 0 && handInAt) steps.push(() => office.sendLate([], handInAt));
  else if (steps.length === 0) await pause(Math.random() * SPREAD_MS);
  if (counts.length) steps.push(() => office.reportJournal(counts, receipt));
  for (const step of steps) if (!(await persist(step, goesOn))) return false;
  return true;
}

async function persist(step: () => Promise<unknown>, goesOn: () => boolean): Promise<boolean> {
  for (let failures = 1; goesOn(); failures++) {
    try {
      await step();
      return true;
    } catch (failure) {
      const { kind } = outcomeOf(failure);
      if (kind !== "retry" && kind !== "login") return false;
      await pause(retryDelay({ failures, leftMs: null, random: Math.random() }));
    }
  }
  return false;
}

function batches(lines: readonly Entry[]): Entry[][] {
  const count = Math.ceil(lines.length / MOST_LINES);
  return Array.from({ length: count }, (_, index) => lines.slice(index * MOST_LINES, (index + 1) * MOST_LINES));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
