import { describe, expect, it } from "vitest";

import { groupAt, reachedPlace } from "./sequence";

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

describe("the group that a place is in", () => {
  const sections = [["q1", "q2"], ["q3"], ["q4", "q5"]];
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
  ])("of place %i is %i", (place, group) => {
    expect(groupAt(sections, place)).toBe(group);
  });

  it("of a paper without questions is the first", () => {
    expect(groupAt([], 0)).toBe(0);
  });
});
