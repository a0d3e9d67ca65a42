import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { onWake } from "./onWake";
import { ServerClock } from "./serverClock";

const NINE = Date.parse("2026-11-23T01:00:00Z");
const MINUTES = 60_000;
let woken = 0;
let stop = (): void => undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: NINE, toFake: ["setInterval", "clearInterval", "Date", "performance"] });
  woken = 0;
  stop = onWake(() => (woken += 1));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("a machine that sleeps, or whose clock is set", () => {
  it("is not noticed while all goes on as it should", () => {
    vi.advanceTimersByTime(10 * MINUTES);
    expect(woken).toBe(0);
  });

  it.each([5 * MINUTES, -5 * MINUTES])("is noticed once when its date jumps by %i ms", (step) => {
    vi.advanceTimersByTime(3_000);
    vi.setSystemTime(Date.now() + step);
    vi.advanceTimersByTime(10_000);
    expect(woken).toBe(1);
  });

  it("does not move the time that is left by setting its clock", () => {
    const clock = new ServerClock();
    clock.learn(new Date(NINE).toISOString(), performance.now(), performance.now());
    const closesAt = new Date(NINE + 60 * MINUTES).toISOString();
    vi.advanceTimersByTime(10 * MINUTES);
    for (const step of [5 * MINUTES, -10 * MINUTES]) {
      vi.setSystemTime(Date.now() + step);
      expect(clock.remaining(closesAt)).toBe(50 * MINUTES);
    }
  });

  it("is right again with the first answer after a sleep in which the monotonic clock stood", () => {
    const clock = new ServerClock();
    clock.learn(new Date(NINE).toISOString(), performance.now(), performance.now());
    const closesAt = new Date(NINE + 60 * MINUTES).toISOString();
    clock.learn(new Date(NINE + 30 * MINUTES).toISOString(), performance.now(), performance.now());
    expect(clock.remaining(closesAt)).toBe(30 * MINUTES);
  });

  it("is not listened to any more at the end", () => {
    stop();
    vi.setSystemTime(Date.now() + MINUTES);
    vi.advanceTimersByTime(5_000);
    expect(woken).toBe(0);
  });
});
