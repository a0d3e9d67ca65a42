import { describe, expect, it } from "vitest";

import { MOST_CHARACTERS, MOST_ENTRIES } from "./batches";
import { Ledger } from "./ledger";

const AT = new Date("2026-11-23T01:00:00Z");
const always = () => true;

function ledgerOf(count: number): Ledger {
  const ledger = new Ledger("s", 1);
  for (let number = 1; number <= count; number++) ledger.append(String(number), { answer: null, flagged: false }, AT);
  return ledger;
}

const seqs = (ledger: Ledger) => ledger.nextBatch(always).map((entry) => entry.seq);

describe("the ledger", () => {
  it("numbers lines from 1", () => {
    expect(ledgerOf(3).entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
  });

  it("sends nothing when everything is confirmed", () => {
    const ledger = ledgerOf(2);
    ledger.settle(2);
    expect(seqs(ledger)).toEqual([]);
  });

  it.each([
    [MOST_ENTRIES - 1, MOST_ENTRIES - 1],
    [MOST_ENTRIES, MOST_ENTRIES],
    [MOST_ENTRIES + 1, MOST_ENTRIES],
  ])("of %i lines sends %i at once", (count, sent) => {
    expect(seqs(ledgerOf(count))).toHaveLength(sent);
  });

  it("bounds a batch's size, but always sends at least one line", () => {
    const ledger = new Ledger("s", 1);
    const held = { answer: { text: "字".repeat(MOST_CHARACTERS + 1) }, flagged: false };
    ledger.append("1", held, AT);
    ledger.append("2", held, AT);
    expect(seqs(ledger)).toEqual([1]);
  });

  it("holds back a line that is not on disk, and all behind it", () => {
    expect(
      ledgerOf(4)
        .nextBatch((entry) => entry.seq !== 3)
        .map((entry) => entry.seq),
    ).toEqual([1, 2]);
  });

  it("goes on behind a receipt, and a late receipt takes nothing back", () => {
    const ledger = ledgerOf(4);
    expect(ledger.settle(3).map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect(ledger.settle(1)).toEqual([]);
    expect(seqs(ledger)).toEqual([4]);
    expect([...ledger.unsyncedRefs()]).toEqual(["4"]);
  });

  it("goes back to what the server lost, and forward to what it already has", () => {
    const ledger = ledgerOf(4);
    ledger.settle(4);
    expect(ledger.goTo(2)?.map(({ seq, acknowledged }) => [seq, acknowledged])).toEqual([
      [2, false],
      [3, false],
      [4, false],
    ]);
    expect(seqs(ledger)).toEqual([2, 3, 4]);
    expect(ledger.goTo(5)).toHaveLength(3);
    expect(seqs(ledger)).toEqual([]);
  });

  it.each([0, 6])("cannot go to line %i of 4", (expected) => {
    expect(ledgerOf(4).goTo(expected)).toBeNull();
  });
});
