import { describe, expect, it } from "vitest";

import { examinersAdvice } from "./advice";

describe("how many examiners a session needs", () => {
  it.each([
    [0, false],
    [2, false],
    [3, true],
    [4, false],
    [5, true],
  ])("%i examiners are enough: %s", (count, isEnough) => expect(examinersAdvice(count) === null).toBe(isEnough));
});
