import { describe, expect, it } from "vitest";

import { batchesOf, MOST_CHARACTERS, MOST_ENTRIES } from "./batches";
import type { Entry } from "./entries";

function lines(count: number, characters: number): Entry[] {
  const rest = { sitting_id: "s", epoch: 1, item_ref: "1", flagged: false, client_at: "", acknowledged: false, set_aside: null };
  return Array.from({ length: count }, (_, at) => ({ ...rest, seq: at + 1, answer: { text: "论".repeat(characters) } }));
}

describe("batches", () => {
  it.each([
    [0, 1, []],
    [MOST_ENTRIES + 1, 1, [MOST_ENTRIES, 1]],
    [20, 20_000, [7, 7, 6]],
    [2, MOST_CHARACTERS + 1, [1, 1]],
  ])("of %i lines with %i characters each", (count, characters, sizes) => {
    const batches = batchesOf(lines(count, characters));
    expect(batches.map((batch) => batch.length)).toEqual(sizes);
    expect(batches.flat().map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  });
});
