import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { JournalReports, type Told } from "./JournalReports";

const MINUTE = 60_000;
let known: Told | null;
let now: number;
let told: [Told, boolean][];
let isReachable: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  known = { counts: [{ epoch: 1, written_seq: 3, acknowledged_seq: 2 }], receipt: "R1" };
  now = 0;
  told = [];
  isReachable = true;
});
afterEach(() => void vi.useRealTimers());

function reports(): JournalReports {
  const tell = (one: Told, isLeaving: boolean): Promise<void> => {
    told.push([one, isLeaving]);
    return isReachable ? Promise.resolve() : Promise.reject(new Error("offline"));
  };
  return new JournalReports({ known: () => known, tell, nowMs: () => now, random: () => 0.5 });
}

function write(seq: number): void {
  known = { counts: [{ epoch: 1, written_seq: seq, acknowledged_seq: seq }], receipt: "R2" };
}

it("tells a while after the network came back, once however often it came", () => {
  const one = reports();
  one.returned();
  one.returned();
  expect(told).toEqual([]);
  vi.advanceTimersByTime(MINUTE);
  expect(told).toEqual([[known, false]]);
});

it("tells at once when the page is left", () => {
  reports().leaving();
  expect(told).toEqual([[known, true]]);
});

it("does not say the same twice, nor anything too soon", () => {
  const one = reports();
  one.leaving();
  now = MINUTE;
  one.leaving();
  expect(told).toHaveLength(1);
  write(4);
  one.leaving();
  expect(told).toHaveLength(2);
  write(5);
  now += 19_000;
  one.leaving();
  expect(told).toHaveLength(2);
  now += 1_000;
  one.leaving();
  expect(told).toHaveLength(3);
});

it("says again what could not be told", async () => {
  isReachable = false;
  const one = reports();
  one.leaving();
  await vi.advanceTimersByTimeAsync(0);
  isReachable = true;
  now = MINUTE;
  one.leaving();
  expect(told).toHaveLength(2);
});

it("has nothing to tell before anything was written, or once it is stopped", () => {
  const one = reports();
  known = null;
  one.leaving();
  write(1);
  one.returned();
  one.stop();
  vi.advanceTimersByTime(MINUTE);
  expect(told).toEqual([]);
});

it("tells of the last epochs only", () => {
  const counts = Array.from({ length: 50 }, (_, index) => ({ epoch: index + 1, written_seq: 1, acknowledged_seq: 1 }));
  known = { counts, receipt: null };
  reports().leaving();
  expect(told[0]?.[0].counts.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, index) => index + 31));
});
