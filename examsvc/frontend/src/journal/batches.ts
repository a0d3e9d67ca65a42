/** How many lines go in one request: bounded by number and by size, for each line holds its whole answer. Pure. */

import type { Entry } from "./entries";

export const MOST_ENTRIES = 200;
export const MOST_CHARACTERS = 150_000;

/** The first of the lines that go together; one that is too large by itself goes alone. */
export function batchOf(lines: readonly Entry[], most = MOST_ENTRIES): Entry[] {
  const batch: Entry[] = [];
  let characters = 0;
  for (const line of lines.slice(0, most)) {
    characters += JSON.stringify(line.answer).length;
    if (batch.length > 0 && characters > MOST_CHARACTERS) break;
    batch.push(line);
  }
  return batch;
}

/** All the lines, in batches. */
export function batchesOf(lines: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  for (let sent = 0; sent < lines.length; sent += batches.at(-1)!.length) batches.push(batchOf(lines.slice(sent, sent + MOST_ENTRIES)));
  return batches;
}
