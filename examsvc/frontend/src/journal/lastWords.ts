/**
 * Lines that the disk may not have finished writing when the page goes away. IndexedDB gives up what is under way
 * then; localStorage is written before the page is gone. They are taken up again by the next claim.
 */

import type { Entry } from "./entries";

const PREFIX = "examsvc.last-words.";

export interface LastWords {
  keep(sittingId: string, entries: readonly Entry[]): void;
  read(sittingId: string): Entry[];
  clear(sittingId: string): void;
}

/** Last words in the browser's storage; one that forbids storage forgets them. */
export function lastWordsIn(storage: () => Storage): LastWords {
  return {
    keep(sittingId, entries) {
      if (entries.length) attempt(() => storage().setItem(PREFIX + sittingId, JSON.stringify(entries)));
    },
    read: (sittingId) => attempt(() => JSON.parse(storage().getItem(PREFIX + sittingId) ?? "[]") as Entry[]) ?? [],
    clear: (sittingId) => void attempt(() => storage().removeItem(PREFIX + sittingId)),
  };
}

function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
