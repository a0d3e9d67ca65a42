import { expect, it } from "vitest";

import { elapsed, seat } from "./wording";

it.each([
  [0, "0:00"],
  [999, "0:00"],
  [1_000, "0:01"],
  [61_000, "1:01"],
  [3_661_000, "1:01:01"],
  [-5, "0:00"],
])("%i ms are written %s", (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text);
});

it("seats have two digits at least", () => {
  expect([seat(3), seat(30), seat(300)]).toEqual(["03", "30", "300"]);
});
