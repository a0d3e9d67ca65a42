import { describe, expect, it } from "vitest";

import { instantAt, tidiedTime, timeIn } from "./clockTimes";
import { answersOf, asPrinted, empty, linesOf, unreadable, untyped } from "./copying";
import { isFull, isReadable, tidied } from "./slots";
import type { Answer, Part, Question } from "./types";
import { answerOf, slotsOf, textsOf } from "./ways";

const NOTHING = { number: 1, options: [], matches: [], gaps: [], blanks: 0, marks: 0, width: 0, height: 0, unit: "" };
const part = (type: Part["type"], more: Partial<Part> = {}): Part => ({ ...NOTHING, ref: "q1", type, ...more });
const question = (type: Part["type"], more: Partial<Question> = {}): Question => ({ ...part(type, more), parts: more.parts ?? [] });

/** The letters of a sheet stand for ids in the candidate's own order: A is d here. */
const OPTIONS = ["d", "a", "c", "b"];
const TYPED: [Part, string[], Answer][] = [
  [part("SINGLE_CHOICE", { options: OPTIONS }), ["A"], { choice: "d" }],
  [part("MULTIPLE_CHOICE", { options: OPTIONS }), ["AC"], { choices: ["d", "c"] }],
  [part("TRUE_FALSE"), ["F"], { value: false }],
  [part("FILL_IN", { blanks: 2 }), ["", "词"], { blanks: ["", "词"] }],
  [part("NUMERIC"), ["1.5"], { text: "1.5" }],
  [part("INLINE_CHOICE", { gaps: [["b", "a"], ["a", "b"]] }), ["B", ""], { gaps: ["a", null] }],
  [part("ORDERING", { options: OPTIONS }), ["DCBA"], { order: ["b", "c", "a", "d"] }],
  [part("MATCHING", { options: ["a", "b"], matches: ["c", "a", "b"] }), ["", "A"], { pairs: { b: "c" } }],
  [part("HOTSPOT", { marks: 2, width: 400, height: 300 }), ["80,50", ""], { points: [[320, 150]] }],
  [part("SHORT_ANSWER"), ["先核对。\n再留存。"], { text: "先核对。\n再留存。" }],
];

describe("what is typed in from a sheet", () => {
  it.each(TYPED)("means the ids behind the letters: $type", (of, texts, answer) => {
    expect(answerOf(of, texts)).toEqual(answer);
    expect(textsOf(of, answer)).toEqual(texts);
  });

  it.each(TYPED)("says nothing where nothing is typed: $type", (of) => {
    const texts = slotsOf(of).map(() => "");
    expect(answerOf(of, texts)).toBeNull();
    expect(textsOf(of, null)).toEqual(texts);
  });

  it.each([
    [part("SINGLE_CHOICE", { options: OPTIONS }), ["E"]],
    [part("SINGLE_CHOICE", { options: OPTIONS }), ["AB"]],
    [part("MULTIPLE_CHOICE", { options: OPTIONS }), ["AF"]],
    [part("TRUE_FALSE"), ["?"]],
    [part("ORDERING", { options: OPTIONS }), ["ABC"]],
    [part("HOTSPOT", { marks: 1, width: 400, height: 300 }), ["80"]],
    [part("HOTSPOT", { marks: 1, width: 400, height: 300 }), ["101,5"]],
  ])("is not guessed where it cannot be read: %o %o", (of, texts) => {
    expect(answerOf(of, texts)).toBeUndefined();
  });

  it("takes small letters, signs and both ways to say true", () => {
    const [letters] = slotsOf(part("MULTIPLE_CHOICE", { options: OPTIONS }));
    expect(tidied(letters!, "c, a c")).toBe("CA");
    const [truth] = slotsOf(part("TRUE_FALSE"));
    expect(["t", "1", "√", "f", "×"].map((sign) => tidied(truth!, sign))).toEqual(["T", "T", "T", "F", "F"]);
    expect(isFull(truth!, "T")).toBe(true);
    expect(isFull(letters!, "A")).toBe(false);
    expect(isReadable(truth!, "q")).toBe(false);
  });
});

describe("a whole sheet", () => {
  const sheet = [
    question("SINGLE_CHOICE", { ref: "q1", options: OPTIONS }),
    question("COMPOSITE", { ref: "q2", number: 2, parts: [part("SINGLE_CHOICE", { ref: "p1", options: OPTIONS }), part("NUMERIC", { ref: "p2", number: 2 })] }),
  ];
  const lines = linesOf(sheet);

  it("has a line for each question and each part, and an answer for each question", () => {
    expect(lines.map(({ number }) => number)).toEqual(["1", "2(1)", "2(2)"]);
    const typed = { ...untyped(lines), "q2/p2": ["7"] };
    expect(answersOf(lines, typed)).toEqual({ q1: null, q2: { parts: { p2: { text: "7" } } } });
    expect(answersOf(lines, untyped(lines))).toEqual({ q1: null, q2: null });
    expect(empty(lines, typed).map(({ key }) => key)).toEqual(["q1", "q2/p1"]);
    expect(unreadable(lines, { ...typed, q1: ["Z"] }).map(({ key }) => key)).toEqual(["q1"]);
  });

  it("takes over what was printed, line by line", () => {
    const printed = { q1: { choice: "c" }, q2: { parts: { p1: { choice: "b" } } } };
    expect(lines.map((line) => asPrinted(line, printed))).toEqual([["C"], ["D"], [""]]);
  });
});

describe("the times on a sheet", () => {
  it("are Shanghai's, and may be typed without a colon", () => {
    expect([tidiedTime("905"), tidiedTime("1405"), tidiedTime("9")]).toEqual(["09:05", "14:05", "9"]);
    expect(instantAt("09:05", "2026-11-23T01:00:00Z")).toBe("2026-11-23T01:05:00.000Z");
    expect(timeIn("2026-11-23T01:05:00Z")).toBe("09:05");
    expect(instantAt("9", "2026-11-23T01:00:00Z")).toBe("");
  });

  it("may be after midnight", () => {
    expect(instantAt("00:10", "2026-11-23T15:50:00Z")).toBe("2026-11-23T16:10:00.000Z");
  });
});
