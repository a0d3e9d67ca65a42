import { describe, expect, it } from "vitest";

import { goesInAfterPause } from "./afterPause";

const [BEFORE, START, LATER] = ["2026-11-30T08:50:00+08:00", "2026-11-30T09:00:00+08:00", "2026-11-30T09:05:00+08:00"];

describe("after a pause", () => {
  it.each([
    ["by a common clock who came late", "COMMON", LATER, "OPEN", true],
    ["by one's own clock who was ready at the start", "PERSONAL", BEFORE, "OPEN", true],
    ["by one's own clock who came late: they start it by hand", "PERSONAL", LATER, "OPEN", false],
    ["before the start", "COMMON", BEFORE, "WAITING", false],
    ["who has not taken every step", "COMMON", null, "OPEN", false],
  ] as const)("%s", (_, clock_rule, system_checked_at, phase, goesIn) => {
    const known = { starts_at: START, phase, exam_session: { clock_rule }, steps: { system_checked_at } };
    expect(goesInAfterPause(known)).toBe(goesIn);
  });
});
