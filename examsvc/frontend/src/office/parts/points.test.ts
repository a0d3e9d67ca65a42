import { describe, expect, it } from "vitest";

import { points, score } from "./points";

describe("points", () => {
  it.each([
    [6000, "60.0"],
    [5990, "59.9"],
    [8325, "83.25"],
    [0, "0.0"],
    [null, "—"],
  ])("%s hundredths are the score %s", (hundredths, text) => expect(score(hundredths)).toBe(text));

  it.each([
    [200, "2"],
    [250, "2.5"],
  ])("%s hundredths are worth %s", (hundredths, text) => expect(points(hundredths)).toBe(text));
});
