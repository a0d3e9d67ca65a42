import { describe, expect, it } from "vitest";

import { END_BEGINS_MS, FIRST_MS, LONGEST_AT_THE_END_MS, LONGEST_MS, retryDelay } from "./backoff";

describe("waiting before trying again", () => {
  it.each([
    [1, FIRST_MS],
    [2, FIRST_MS * 2],
    [3, FIRST_MS * 4],
    [20, LONGEST_MS],
    [10_000, LONGEST_MS],
  ])("after %i failures at most %i ms, at least half of it", (failures, most) => {
    expect(retryDelay({ failures, leftMs: null, random: 0.999999 })).toBe(most);
    expect(retryDelay({ failures, leftMs: null, random: 0 })).toBe(most / 2);
  });

  it.each([
    [END_BEGINS_MS, LONGEST_MS],
    [END_BEGINS_MS - 1, LONGEST_AT_THE_END_MS],
    [0, LONGEST_AT_THE_END_MS],
    [-14_000, LONGEST_AT_THE_END_MS],
  ])("with %i ms left never longer than %i ms", (leftMs, longest) => {
    expect(retryDelay({ failures: 50, leftMs, random: 0.999999 })).toBe(longest);
  });

  it("waits as long as the server asks, within reason", () => {
    expect(retryDelay({ failures: 1, leftMs: null, retryAfterSeconds: 5, random: 0 })).toBe(5_000);
    expect(retryDelay({ failures: 1, leftMs: null, retryAfterSeconds: 3_600, random: 0 })).toBe(LONGEST_MS);
    expect(retryDelay({ failures: 1, leftMs: 1_000, retryAfterSeconds: 5, random: 0 })).toBe(LONGEST_AT_THE_END_MS);
  });
});
