import { describe, expect, it } from "vitest";

import { divisionOf, dutiesOf, isComplete, nobody } from "./division";

const seats = { first: "a", second: "b", arbiter: "c" };

describe("the division of marking", () => {
  it("comes back as it was sent", () => {
    const division = { all: seats, own: { v1: { first: "c", second: "a", arbiter: "b" } } };
    expect(divisionOf(dutiesOf(division))).toEqual(division);
  });

  it("is complete when every question has three different people", () => {
    expect(isComplete({ all: seats, own: {} }, ["v1", "v2"])).toBe(true);
    expect(isComplete({ all: nobody(), own: { v1: seats } }, ["v1"])).toBe(true);
    expect(isComplete({ all: nobody(), own: { v1: seats } }, ["v1", "v2"])).toBe(false);
    expect(isComplete({ all: { ...seats, arbiter: "a" }, own: {} }, ["v1"])).toBe(false);
  });

  it("leaves empty seats out", () => {
    expect(dutiesOf({ all: nobody(), own: {} })).toEqual([]);
  });
});
