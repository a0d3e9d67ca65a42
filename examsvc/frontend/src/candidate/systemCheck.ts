/** What the machine can do, measured. */

import { openStore, type Store } from "@/journal/store";
import { serverClock } from "@/time/serverClock";

import type { SittingView } from "./types";

export type Finding = "running" | "good" | "warn" | "bad";

const ROUNDS = 5;
const SLOW_MS = 800;
const FAR_OFF_MS = 5_000;
const PROBE = "probe";

/** Write a line as the journal does, read it back, and ask the browser not to clear it away. */
export async function checkStorage(open: () => Promise<Store> = openStore): Promise<boolean> {
  const store = await open();
  if (!store.isDurable) return false;
  const line = {
    sitting_id: PROBE,
    epoch: 0,
    seq: 1,
    item_ref: PROBE,
    answer: null,
    flagged: false,
    client_at: PROBE,
    acknowledged: true,
    set_aside: null,
  };
  try {
    await store.write([line]);
    const [read] = await store.all(PROBE);
    await store.forget(PROBE);
    await (navigator.storage as StorageManager | undefined)?.persist?.().catch(() => false);
    return read?.client_at === PROBE;
  } catch {
    return false;
  }
}

export interface Line {
  /** Median of the round trips, in milliseconds. */
  roundTripMs: number;
  /** How far this machine's date is ahead of the server's, in milliseconds. Shown only; nothing is reckoned with it. */
  clockOffsetMs: number;
}

/** Ask the server a few times; throws when it cannot be reached. */
export async function measureLine(ask: () => Promise<SittingView>): Promise<Line> {
  const trips: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    await ask();
    trips.push(performance.now() - startedAt);
  }
  const clockOffsetMs = Math.round(new Date().getTime() - (serverClock.now() ?? 0));
  return { roundTripMs: Math.round(median(trips)), clockOffsetMs };
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

export const judgeNetwork = ({ roundTripMs }: Line): Finding => (roundTripMs < SLOW_MS ? "good" : "warn");
export const judgeClock = ({ clockOffsetMs }: Line): Finding =>
  Math.abs(clockOffsetMs) < FAR_OFF_MS ? "good" : "warn";
