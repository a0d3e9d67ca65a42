import { describe, expect, it } from "vitest";

import { exactTime, valueText } from "./trailText";

describe("the trail's words", () => {
  it.each([
    ["AWARD", "AWARD"],
    ["0123456789ab".padEnd(64, "0"), "0123456789ab…"],
    [["a", "b"], "a, b"],
    [[], "—"],
    [3, "3"],
    [{ a: 1 }, '{"a":1}'],
  ])("%j reads %s", (value, text) => expect(valueText(value)).toBe(text));

  it("tell the time in Shanghai to the second", () => {
    expect(exactTime("2026-11-23T16:00:05Z", "zh-CN")).toBe("2026年11月24日 00:00:05");
  });
});
