import { describe, expect, it } from "vitest";

import { type CasePanel, type CaseView, PANELS, panelsOf } from "./panels";

const ids = (state: string): string[] => panelsOf(PANELS, { state } as CaseView, ["REGISTRAR"]).map(({ id }: CasePanel) => id);

describe("the panels of a case", () => {
  it.each([
    ["DEVELOPING", "development"],
    ["BUREAU_AGREED", "publicity"],
    ["PUBLICISED", "publicity"],
    ["SCHEME_ASSESSED", "reviews"],
    ["SCHEME_PUBLICISED", "application"],
  ])("in %s begin with %s", (state, first) => {
    expect(ids(state)[0]).toBe(first);
  });
});
