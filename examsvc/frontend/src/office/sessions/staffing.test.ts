import { describe, expect, it } from "vitest";

import { examinersAdvice, proctorsAdvice } from "./staffing";

describe("how many people a session needs", () => {
  it.each([
    [2, 30, null],
    [1, 1, 2],
    [2, 31, 3],
    [3, 45, null],
  ])("%i proctors for %i candidates", (count, enrolled, least) => expect(proctorsAdvice(count, enrolled)?.least ?? null).toBe(least));

  it.each([
    [0, false],
    [2, false],
    [3, true],
    [4, false],
    [5, true],
  ])("%i examiners are enough: %s", (count, isEnough) => expect(examinersAdvice(count) === null).toBe(isEnough));
});
