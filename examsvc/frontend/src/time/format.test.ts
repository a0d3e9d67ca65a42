import { describe, expect, it } from "vitest";

import { countdown, date, dateTime, timeOfDay } from "./format";

describe("what is left", () => {
  it.each([
    [-1, "00:00"],
    [0, "00:00"],
    [1, "00:01"],
    [1_000, "00:01"],
    [59_001, "01:00"],
    [3_599_000, "59:59"],
    [3_599_001, "1:00:00"],
    [5_400_000, "1:30:00"],
    [36_000_000, "10:00:00"],
  ])("%i ms is %s", (milliseconds, text) => {
    expect(countdown(milliseconds)).toBe(text);
  });
});

describe("dates and times are Shanghai's", () => {
  it("shows an instant eight hours later than UTC", () => {
    expect(dateTime("2025-11-22T16:30:00Z", "zh-CN")).toBe("2025年11月23日 00:30");
    expect(timeOfDay("2025-11-22T16:30:00Z", "en")).toBe("00:30");
  });

  it("shows a plain date unshifted", () => {
    expect(date("2025-11-22", "zh-CN")).toBe("2025年11月22日");
    expect(date("2025-11-22", "en")).toBe("November 22, 2025");
  });

  it("shows the date that an instant has in Shanghai", () => {
    expect(date("2025-11-22T16:00:00Z", "zh-CN")).toBe("2025年11月23日");
  });
});
