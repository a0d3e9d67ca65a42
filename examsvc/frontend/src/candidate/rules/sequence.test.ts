import { describe, expect, it } from "vitest";

import { reachedPlace } from "./sequence";

describe("the place reached", () => {
  it.each([
    [[], 0],
    [["q3"], 0],
    [["q3", "q1"], 1],
    [["q2", "q3"], 2],
    [["gone"], 0],
  ])("after %j is %i", (noted, place) => {
    expect(reachedPlace(["q3", "q1", "q2"], noted)).toBe(place);
  });
});
