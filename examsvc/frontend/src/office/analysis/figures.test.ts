import { describe, expect, it } from "vitest";

import { byFlags, decimal, type ItemFigures, letterOf, percent } from "./figures";

const item = (code: string, ...flags: ItemFigures["flags"]): Pick<ItemFigures, "code" | "flags"> => ({ code, flags });

describe("figures", () => {
  it("have two decimals, a true minus, and a dash for what is not known", () => {
    expect([0.345, -0.5, -0.001, 1, null, undefined].map((value) => decimal(value))).toEqual(["0.34", "−0.50", "0.00", "1.00", "—", "—"]);
    expect(percent(0.925)).toBe("93%");
  });

  it("stand with the weightiest flag first, then the most flags, then by code", () => {
    const items = [item("T10"), item("T9"), item("T2", "RARE_DISTRACTOR"), item("T3", "WEAK"), item("T4", "KEY_SUSPECT"), item("T1", "WEAK", "TOO_EASY")];
    expect(byFlags(items).map(({ code }) => code)).toEqual(["T4", "T1", "T3", "T2", "T9", "T10"]);
  });

  it("name options by their letters", () => {
    expect(["a", "true", "opt1"].map(letterOf)).toEqual(["A", null, null]);
  });
});
