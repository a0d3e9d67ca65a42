import { describe, expect, it } from "vitest";

import type { Answer } from "@/journal/entries";

import { optionsNamed, questionOf } from "../testing";
import type { Question } from "../types";
import { fillingOf, isAnswered, isPartly } from "./answers";

const fillIn = questionOf("FILL_IN", { blanks: 2 });
const gaps = questionOf("INLINE_CHOICE", { gaps: [optionsNamed("a", "b"), optionsNamed("a", "b")] });
const matching = questionOf("MATCHING", { options: optionsNamed("l1", "l2"), matches: optionsNamed("r1", "r2") });
const text = { ...questionOf("SHORT_ANSWER"), id: "p1" };
const blanks = { ...fillIn, id: "p2" };
const composite = questionOf("COMPOSITE", { parts: [text, blanks] });

describe("whether a question is answered", () => {
  it.each<[Answer | undefined, boolean]>([
    [undefined, false],
    [null, false],
    [{ text: "" }, false],
    [{ text: " \n　" }, false],
    [{ text: "0" }, true],
    [{ blanks: ["", " "] }, false],
    [{ blanks: ["", "x"] }, true],
    [{ choices: [] }, false],
    [{ choices: ["a"] }, true],
    [{ choice: "a" }, true],
    [{ value: false }, true],
    [{ order: ["b", "a"] }, true],
    [{ pairs: {} }, false],
    [{ pairs: { l1: "r1" } }, true],
    [{ gaps: [null, null] }, false],
    [{ gaps: [null, "a"] }, true],
    [{ points: [] }, false],
    [{ points: [[0, 0]] }, true],
    [{ parts: { p1: null, p2: { blanks: ["", " "] } } }, false],
    [{ parts: { p1: { text: "x" }, p2: null } }, true],
  ])("%j: %s", (answer, expected) => {
    expect(isAnswered(answer)).toBe(expected);
  });

  it.each<[Question, Answer, boolean]>([
    [fillIn, { blanks: ["x", ""] }, true],
    [fillIn, { blanks: ["x", "y"] }, false],
    [fillIn, { blanks: ["", ""] }, false],
    [gaps, { gaps: ["a", null] }, true],
    [gaps, { gaps: ["a", "b"] }, false],
    [matching, { pairs: { l2: "r1" } }, true],
    [matching, { pairs: { l1: "r2", l2: "r1" } }, false],
    [composite, { parts: { p1: { text: "x" } } }, true],
    [composite, { parts: { p1: { text: "x" }, p2: { blanks: ["y", ""] } } }, true],
    [composite, { parts: { p1: { text: "x" }, p2: { blanks: ["y", "z"] } } }, false],
    [questionOf("SHORT_ANSWER"), { text: "x" }, false],
    [questionOf("HOTSPOT", { marks: 3 }), { points: [[1, 2]] }, false],
  ])("partly: %j with %j: %s", (question, answer, expected) => {
    expect(isPartly(question, answer)).toBe(expected);
  });

  it("counts the places that are filled", () => {
    expect(fillingOf(composite, { parts: { p1: { text: "x" }, p2: { blanks: ["y", ""] } } })).toEqual({ filled: 1, places: 2 });
    expect(fillingOf(matching, { pairs: { l1: "r1" } })).toEqual({ filled: 1, places: 2 });
    expect(fillingOf(matching, null)).toEqual({ filled: 0, places: 1 });
  });
});
