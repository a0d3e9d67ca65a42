import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "@/api/refusal";

import { LONGEST_MS } from "./backoff";
import { Reclaiming } from "./reclaiming";
import type { Claimed, Halt } from "./surroundings";

const claimed = {} as Claimed;
let answers: (Refusal | Claimed)[];
let always: Refusal | null;
let asked: number[];
let taken: number;
let waits: number;
let ways: string[];
let ended: Halt[];

beforeEach(() => {
  vi.useFakeTimers();
  [answers, always, asked, taken, waits, ways, ended] = [[], null, [], 0, 0, [], []];
});
afterEach(() => vi.useRealTimers());

function answered(way: string): Promise<Claimed> {
  asked.push(performance.now());
  ways.push(way);
  const answer = answers.shift() ?? always ?? claimed;
  return answer instanceof Refusal ? Promise.reject(answer) : Promise.resolve(answer);
}

function reclaiming(): Reclaiming {
  return new Reclaiming({
    claim: () => answered("claim"),
    goOn: () => answered("goOn"),
    claimed: () => (taken += 1),
    waiting: () => (waits += 1),
    ended: (halt) => ended.push(halt),
    leftMs: () => null,
  });
}

const pauses = () => asked.slice(1).map((at, place) => at - asked[place]!);

describe("claiming anew", () => {
  it("waits longer each time, never longer than the longest, and not in step with others", async () => {
    always = new Refusal("offline", "");
    reclaiming().start();
    await vi.advanceTimersByTimeAsync(300_000);
    const seen = pauses();
    expect(seen.length).toBeLessThan(40);
    expect(seen[0]).toBeLessThanOrEqual(800);
    expect(Math.min(...seen.slice(8))).toBeGreaterThanOrEqual(LONGEST_MS / 2);
    expect(Math.max(...seen)).toBeLessThanOrEqual(LONGEST_MS);
    expect(new Set(seen.slice(8)).size).toBeGreaterThan(1);
  });

  it("waits as long as a server asks that is behind", async () => {
    answers = [new Refusal("overloaded", "", 503, { retry_after: 9 })];
    reclaiming().start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pauses()).toEqual([9_000]);
    expect(taken).toBe(1);
  });

  it.each([
    ["sitting_over", "closed"],
    ["continues_on_paper", "closed"],
    ["not_found", "closed"],
    ["login_moved", "moved"],
    ["claim_outdated", "superseded"],
  ])("ends when it is refused for good: %s", async (code, halt) => {
    always = new Refusal(code, "", 409);
    reclaiming().start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([asked.length, ended]).toEqual([1, [halt]]);
  });

  it("goes on at once when the log-in or the network is back", async () => {
    answers = [new Refusal("not_logged_in", "", 401)];
    const own = reclaiming();
    own.start();
    await vi.advanceTimersByTimeAsync(1);
    own.wake();
    own.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([asked.length, taken, ended]).toEqual([2, 1, []]);
  });

  it("asks no more once it is stopped", async () => {
    always = new Refusal("offline", "");
    const own = reclaiming();
    own.start();
    await vi.advanceTimersByTimeAsync(1);
    own.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.length).toBe(1);
  });
});

describe("going on unattended", () => {
  it("ends where another page has the sitting", async () => {
    answers = [new Refusal("offline", ""), new Refusal("claim_outdated", "", 409, { epoch: 4 })];
    reclaiming().start(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([ways, waits, ended, taken]).toEqual([["goOn", "goOn"], 1, ["superseded"], 0]);
  });

  it("is tried until it is through, and never taken for a claim", async () => {
    answers = [new Refusal("not_logged_in", "", 401), new Refusal("overloaded", "", 503)];
    const own = reclaiming();
    own.start(true);
    await vi.advanceTimersByTimeAsync(1);
    own.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([ways, ended, taken]).toEqual([["goOn", "goOn", "goOn"], [], 1]);
    expect(own.isUnderWay).toBe(false);
  });
});
