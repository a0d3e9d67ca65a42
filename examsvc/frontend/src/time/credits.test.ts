import { describe, expect, it } from "vitest";

import { shownState } from "./credits";

describe("the state of a credit", () => {
  it("is void once the start was moved, whatever it was before, and its own else", () => {
    expect(shownState({ state: "LAPSED", lapsed_because: "停电" })).toBe("VOID");
    expect(shownState({ state: "LAPSED", lapsed_because: null })).toBe("LAPSED");
    expect(shownState({ state: "GIVEN", lapsed_because: null })).toBe("GIVEN");
  });
});
