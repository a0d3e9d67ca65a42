import { describe, expect, it } from "vitest";

import { type Answer, sameAnswer } from "./entries";

describe("two answers say the same", () => {
  it.each<[Answer, Answer, boolean]>([
    [null, null, true],
    [null, { choice: "a" }, false],
    [{ choices: ["b", "a"] }, { choices: ["a", "b"] }, true],
    [{ order: ["b", "a"] }, { order: ["a", "b"] }, false],
    [{ pairs: { x: "1", y: "2" } }, { pairs: { y: "2", x: "1" } }, true],
    [{ pairs: { x: "1" } }, { pairs: { x: "2" } }, false],
    [{ gaps: [null, "a"] }, { gaps: ["a", null] }, false],
    [{ points: [[1, 2]] }, { points: [[1, 2]] }, true],
    [{ parts: { p2: { choices: ["b", "a"] }, p1: null } }, { parts: { p1: null, p2: { choices: ["a", "b"] } } }, true],
    [{ parts: { choices: null } }, { parts: { choices: { text: "x" } } }, false],
  ])("%j and %j: %s", (one, other, same) => {
    expect(sameAnswer(one, other)).toBe(same);
  });
});
