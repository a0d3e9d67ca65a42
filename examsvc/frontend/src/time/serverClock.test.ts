import { beforeEach, describe, expect, it } from "vitest";

import { ServerClock } from "./serverClock";

const NINE = Date.parse("2025-11-22T01:00:00Z");
let monotonic = 0;
let clock: ServerClock;

/** An instant as the server writes it. */
const at = (ms: number): string => new Date(NINE + ms).toISOString();

beforeEach(() => {
  monotonic = 0;
  clock = new ServerClock(() => monotonic);
});

describe("the server's clock", () => {
  it("knows nothing before the first answer", () => {
    expect(clock.isSet).toBe(false);
    expect(clock.now()).toBeNull();
    expect(clock.remaining(at(0))).toBeNull();
    expect(clock.uncertainty).toBe(Infinity);
  });

  it("takes the middle of the request as the moment the server wrote its time", () => {
    monotonic = 300;
    clock.learn(at(0), 100, 300);
    expect(clock.now()).toBe(NINE + 100);
    expect(clock.uncertainty).toBe(100);
  });

  it("goes on with the monotonic clock", () => {
    clock.learn(at(0), 0, 0);
    monotonic = 60_000;
    expect(clock.now()).toBe(NINE + 60_000);
  });

  it("keeps a precise answer when a slow one follows", () => {
    clock.learn(at(0), 0, 2);
    monotonic = 3_000;
    clock.learn(at(2_900), 1_000, 3_000);
    expect(clock.uncertainty).toBeLessThan(2);
    expect(clock.now()).toBeCloseTo(NINE + 2_999, 0);
  });

  it("narrows what it knows with every answer", () => {
    clock.learn(at(50), 0, 100);
    const before = clock.uncertainty;
    clock.learn(at(110), 100, 140);
    expect(clock.uncertainty).toBeLessThan(before);
  });

  it("starts afresh when an answer contradicts it, as after the machine slept", () => {
    clock.learn(at(0), 0, 10);
    monotonic = 1_000;
    clock.learn(at(600_000), 990, 1_000);
    expect(clock.now()).toBe(NINE + 600_005);
  });

  it("grows less certain with age", () => {
    clock.learn(at(0), 0, 0);
    monotonic = 100_000;
    expect(clock.uncertainty).toBeCloseTo(10, 5);
  });

  it("ignores an answer without a usable time", () => {
    clock.learn("soon", 0, 10);
    clock.learn(at(0), 10, 0);
    expect(clock.isSet).toBe(false);
  });

  it.each([
    [-1_000, 1_000],
    [0, 0],
    [1_000, 0],
  ])("%i ms from the end leaves %i ms", (elapsed, left) => {
    clock.learn(at(0), 0, 0);
    monotonic = 5_000 + elapsed;
    expect(clock.remaining(at(5_000))).toBe(left);
  });
});
