import { describe, expect, it } from "vitest";

import { faultOf } from "./panelRule";

const panel = (size: number, chairs = 1) =>
  Array.from({ length: size }, (_, index) => ({ account_id: String(index), name: "", is_chair: index < chairs }));

describe("a panel has at least three experts, an odd number, and one chair", () => {
  it.each([
    [0, 0, "few"],
    [2, 1, "few"],
    [3, 1, null],
    [3, 0, "chair"],
    [3, 2, "chair"],
    [4, 1, "even"],
    [5, 1, null],
  ])("%i experts, %i chairs: %s", (size, chairs, fault) => {
    expect(faultOf(panel(size, chairs))).toBe(fault);
  });
});
