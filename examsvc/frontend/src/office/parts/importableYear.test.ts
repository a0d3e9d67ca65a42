import { describe, expect, it } from "vitest";

import { importableYear } from "./importableYear";

describe("a refusal for a missing holiday table", () => {
  const refusal = { code: "holidays_unknown", extra: { year: 2027 } };

  it("names the year to the centre, who can import it, and to nobody else", () => {
    expect(importableYear(refusal, ["EXPERT", "REGISTRAR"])).toBe("2027");
    expect(importableYear(refusal, ["BUREAU"])).toBeNull();
    expect(importableYear({ ...refusal, code: "case_moved_on" }, ["REGISTRAR"])).toBeNull();
  });
});
