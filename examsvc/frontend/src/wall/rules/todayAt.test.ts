import { describe, expect, it } from "vitest";

import { todayAt } from "./todayAt";

describe("a time of day that has been", () => {
  it.each([
    ["09:12:03", "2026-11-23T01:30:00Z", "2026-11-23T01:12:03.000Z"],
    ["09:12", "2026-11-23T01:30:00Z", "2026-11-23T01:12:00.000Z"],
    ["09:30:00", "2026-11-23T01:30:00Z", "2026-11-23T01:30:00.000Z"],
    ["23:59:00", "2026-11-22T16:05:00Z", "2026-11-22T15:59:00.000Z"], // five past midnight in Shanghai
    ["00:01:00", "2026-11-22T16:05:00Z", "2026-11-22T16:01:00.000Z"],
  ])("%s at %s is %s", (time, now, expected) => {
    expect(todayAt(time, Date.parse(now))).toBe(expected);
  });
});
