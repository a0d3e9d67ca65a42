import { describe, expect, it } from "vitest";

import { countIn, sectionOf } from "./sections";

describe("sections", () => {
  it.each([
    ["legal_kind", "unit"],
    ["answers.finance_rules", "unit"],
    ["evidence.CREDIT_CHECK", "unit"],
    ["staff.EXAMINER", "staff"],
    ["evidence.FUNDING", "funding"],
    ["centres", "centres"],
    ["quality_plan", "quality"],
    ["answers.supervised", "declaration"],
  ])("%s is mended in %s", (field, section) => {
    expect(sectionOf({ field })).toBe(section);
  });

  it("count errors, not remarks", () => {
    const missing = ["error", "warning"].map((severity) => ({ code: "x", field: "centres", item_id: null, severity: severity as "error" }));
    expect(countIn(missing, "centres")).toBe(1);
    expect(countIn(missing, "unit")).toBe(0);
  });
});
