import { describe, expect, it } from "vitest";

import { FIRST_MS, LEAST_MS, MOST_MS, nextDelay, sizeFor } from "./pacing";

describe("the size of a frame", () => {
  it.each([
    [{ width: 1920, height: 1080 }, 1, { width: 640, height: 360 }],
    [{ width: 640, height: 480 }, 1, { width: 640, height: 480 }],
    [{ width: 480, height: 640 }, 1, { width: 360, height: 480 }],
    [{ width: 320, height: 240 }, 1, { width: 320, height: 240 }],
    [{ width: 640, height: 480 }, 0.5, { width: 320, height: 240 }],
    [{ width: 1, height: 5000 }, 1, { width: 1, height: 480 }],
  ])("%j at %f is %j", (picture, scale, size) => {
    expect(sizeFor(picture, scale)).toEqual(size);
  });
});

describe("when the next frame follows", () => {
  it.each([
    [null, 0, FIRST_MS],
    [2_000, 0, 2_000],
    [0, 0, LEAST_MS],
    [LEAST_MS - 1, 0, LEAST_MS],
    [MOST_MS + 1, 0, MOST_MS],
    [Number.NaN, 0, FIRST_MS],
    [1_000, 1, 10_000],
    [1_000, 99, MOST_MS],
  ])("asked for %j after %i failures: %i ms", (asked, failures, delay) => {
    expect(nextDelay(asked, failures)).toBe(delay);
  });
});
