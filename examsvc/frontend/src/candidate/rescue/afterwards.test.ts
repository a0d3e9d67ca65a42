import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "@/api/refusal";
import type { Entry } from "@/journal/entries";

import { deliver, type Office } from "./afterwards";

const COUNTS = [{ epoch: 1, written_seq: 1, acknowledged_seq: 1 }];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function line(seq: number, answer: Entry["answer"] = null): Entry {
  const at = { client_at: "2026-11-23T01:00:00Z", acknowledged: false, set_aside: null };
  return { sitting_id: "s", epoch: 1, seq, item_ref: "1", answer, flagged: false, ...at };
}

/** Everything that is sent late is kept, but for what is `stored`. */
function office(weather: (Refusal | null)[] = [], stored = 0) {
  const sent: [string, number][] = [];
  const travel = (what: string, count: number): Promise<void> => {
    const failure = weather.shift();
    if (failure) return Promise.reject(failure);
    sent.push([what, count]);
    return Promise.resolve();
  };
  let kept = -stored;
  const told: Office = {
    sendLate: (lines) => travel("late", lines.length).then(() => (kept += lines.length)),
    reportJournal: (counts) => travel("report", counts.length),
  };
  return { told, sent };
}

async function done(promise: Promise<number | null>): Promise<number | null> {
  await vi.advanceTimersByTimeAsync(120_000);
  return promise;
}

describe("after the end", () => {
  it("late lines go in batches that the server takes, then the counts", async () => {
    const { told, sent } = office();
    const lines = Array.from({ length: 450 }, (_, index) => line(index + 1));
    expect(await done(deliver({ lines, handIn: null, counts: COUNTS, receipt: null }, told, () => true))).toBe(450);
    expect(sent).toEqual([["late", 200], ["late", 200], ["late", 50], ["report", 1]]);
  });

  it("what turns out to be stored is not late, nor is what came late from elsewhere", async () => {
    const lines = [line(1), line(2), line(3)];
    const remaining = { lines, handIn: null, counts: COUNTS, receipt: null };
    expect(await done(deliver(remaining, office([], 2).told, () => true))).toBe(1);
    expect(await done(deliver(remaining, office([], 3).told, () => true))).toBe(0);
    expect(await done(deliver(remaining, office([], -9).told, () => true))).toBe(3);
  });

  it("long answers go in requests of bounded size", async () => {
    const { told, sent } = office();
    const lines = Array.from({ length: 20 }, (_, index) => line(index + 1, { text: "论".repeat(20_000) }));
    expect(await done(deliver({ lines, handIn: null, counts: [], receipt: null }, told, () => true))).toBe(20);
    expect(sent).toEqual([["late", 7], ["late", 7], ["late", 6]]);
  });

  it("a hand-in that was never confirmed is told although no line is late", async () => {
    const { told, sent } = office();
    const remaining = { lines: [], handIn: { hand_in_at: "2026-11-23T01:00:00Z", epoch: 1, last_seq: 1 }, counts: COUNTS, receipt: null };
    await done(deliver(remaining, told, () => true));
    expect(sent).toEqual([["late", 0], ["report", 1]]);
  });

  it("without anything late the counts wait a moment, so that a room does not ask in the same second", async () => {
    const { told, sent } = office();
    const going = deliver({ lines: [], handIn: null, counts: COUNTS, receipt: null }, told, () => true);
    expect(sent).toEqual([]);
    expect(await done(going)).toBe(0);
    expect(sent).toEqual([["report", 1]]);
  });

  it("tries again while the network is down, and gives up what the server refuses for good", async () => {
    const again = office([new Refusal("offline", ""), new Refusal("internal_server_error", "", 500)]);
    const remaining = { lines: [line(1)], handIn: null, counts: COUNTS, receipt: null };
    expect(await done(deliver(remaining, again.told, () => true))).toBe(1);
    expect(again.sent).toEqual([["late", 1], ["report", 1]]);
    const refused = office([new Refusal("too_many_late", "", 409)]);
    expect(await done(deliver(remaining, refused.told, () => true))).toBeNull();
    expect(refused.sent).toEqual([]);
  });

  it("stops when the sitting was opened again", async () => {
    const { told, sent } = office([new Refusal("offline", "")]);
    let goesOn = true;
    const going = deliver({ lines: [line(1)], handIn: null, counts: [], receipt: null }, told, () => goesOn);
    await vi.advanceTimersByTimeAsync(0);
    goesOn = false;
    expect(await done(going)).toBeNull();
    expect(sent).toEqual([]);
  });
});
