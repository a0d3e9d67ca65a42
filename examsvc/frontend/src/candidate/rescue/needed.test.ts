import { describe, expect, it } from "vitest";

import type { Entry } from "@/journal/entries";

import { neededLines } from "./needed";

const AT = { flagged: false, client_at: "2026-11-23T01:00:00Z", set_aside: null };

function line(epoch: number, seq: number, item_ref: string, acknowledged: boolean, text = "字"): Entry {
  return { sitting_id: "s", epoch, seq, item_ref, answer: { text }, acknowledged, ...AT };
}

const placesOf = (lines: readonly Entry[]) => lines.map(({ epoch, seq }) => [epoch, seq]);

describe("the lines of a rescue file", () => {
  it("leave out what was confirmed and replaced by a confirmed line", () => {
    const lines = [line(1, 1, "1", true), line(1, 2, "2", true), line(1, 3, "1", true), line(2, 1, "1", true)];
    expect(placesOf(neededLines(lines, "R1"))).toEqual([[1, 2], [2, 1]]);
  });

  it("hold every line that nobody confirmed, and the confirmed one before it", () => {
    const lines = [line(1, 3, "1", false), line(1, 2, "1", true), line(1, 1, "1", true), line(1, 4, "1", false)];
    expect(placesOf(neededLines(lines, "R1"))).toEqual([[1, 2], [1, 3], [1, 4]]);
  });

  it("are all of them while there is no receipt that proves anything", () => {
    const lines = [line(1, 1, "1", true), line(1, 2, "1", true)];
    expect(neededLines(lines, null)).toHaveLength(2);
  });

  it("stay few when a long text was typed for hours over a network that held", () => {
    const typed = Array.from({ length: 2_400 }, (_, at) => line(1, at + 1, "1", at < 2_390, "论".repeat(3 * at)));
    const needed = neededLines(typed, "R1");
    expect(needed).toHaveLength(11);
    expect(JSON.stringify(needed).length).toBeLessThan(100_000);
  });
});
