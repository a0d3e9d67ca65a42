import { describe, expect, it } from "vitest";

import type { Answer } from "@/journal/entries";

import { optionsNamed, questionOf } from "../testing";
import type { ItemType } from "../types";
import { partAnswered, partOf } from "./composing";
import { inOrder, moved, orderOf, placeAt } from "./ordering";
import { gapFilled, gapOf, isChoice, isPicked, letterOf, optionsOf, paired, partnerOf, picked } from "./picking";
import { blankOf, filled, looksNumeric, mostCharacters, typed, written } from "./typing";

const options = optionsNamed("a", "b", "c", "d");

describe("picking options", () => {
  it.each<[ItemType, Answer, string, Answer]>([
    ["SINGLE_CHOICE", null, "b", { choice: "b" }],
    ["SINGLE_CHOICE", { choice: "a" }, "b", { choice: "b" }],
    ["MULTIPLE_CHOICE", null, "c", { choices: ["c"] }],
    ["MULTIPLE_CHOICE", { choices: ["c"] }, "a", { choices: ["a", "c"] }],
    ["MULTIPLE_CHOICE", { choices: ["a", "c"] }, "a", { choices: ["c"] }],
    ["MULTIPLE_CHOICE", { choices: ["c"] }, "c", null],
    ["TRUE_FALSE", null, "true", { value: true }],
    ["TRUE_FALSE", { value: true }, "false", { value: false }],
  ])("%s %j + %s = %j", (type, before, id, after) => {
    expect(picked(questionOf(type, { options }), before, id)).toEqual(after);
  });

  it.each<[Answer, string, boolean]>([
    [{ choice: "a" }, "a", true],
    [{ choice: "a" }, "b", false],
    [{ choices: ["a", "c"] }, "c", true],
    [{ value: false }, "false", true],
    [{ value: false }, "true", false],
    [null, "a", false],
  ])("of %j, %s is picked: %s", (answer, id, expected) => {
    expect(isPicked(answer, id)).toBe(expected);
  });

  it("true and false are options as well", () => {
    expect(optionsOf(questionOf("TRUE_FALSE")).map(({ id }) => id)).toEqual(["true", "false"]);
  });

  it("is what three types are answered by, and an ordering is not", () => {
    expect(isChoice("TRUE_FALSE")).toBe(true);
    expect(isChoice("ORDERING")).toBe(false);
  });

  it("letters as many options as a matching may have", () => {
    expect([0, 8, 25, 26].map(letterOf)).toEqual(["A", "I", "Z", "27"]);
  });
});

describe("gaps and pairs", () => {
  const gaps = questionOf("INLINE_CHOICE", { gaps: [options, options] });
  const matching = questionOf("MATCHING", { options: optionsNamed("x", "y"), matches: options });

  it("fills one gap, keeps the others, and is cleared with the last one", () => {
    const one = gapFilled(gaps, null, 1, "c");
    expect(one).toEqual({ gaps: [null, "c"] });
    expect(gapFilled(gaps, one, 0, "a")).toEqual({ gaps: ["a", "c"] });
    expect(gapFilled(gaps, one, 1, null)).toBeNull();
    expect([gapOf(one, 0), gapOf(one, 1), gapOf(null, 1)]).toEqual([null, "c", null]);
  });

  it("pairs each item of the left side with one of the right, two with the same if wanted", () => {
    const one = paired(matching, null, "y", "d");
    expect(one).toEqual({ pairs: { y: "d" } });
    expect(paired(matching, one, "x", "d")).toEqual({ pairs: { x: "d", y: "d" } });
    expect(paired(matching, one, "y", null)).toBeNull();
    expect([partnerOf(one, "x"), partnerOf(one, "y")]).toEqual([null, "d"]);
  });
});

describe("putting in order", () => {
  const ordering = questionOf("ORDERING", { options });

  it("begins with the order shown", () => {
    expect(orderOf(ordering, null)).toEqual(["a", "b", "c", "d"]);
    expect(orderOf(ordering, { order: ["d", "a", "b", "c"] })).toEqual(["d", "a", "b", "c"]);
    expect(inOrder(ordering, ["d", "a"]).map(({ text }) => text)).toEqual(["D", "A"]);
  });

  it.each([
    [0, 1, "bacd"],
    [3, 0, "dabc"],
    [0, 3, "bcda"],
    [0, -1, "abcd"],
    [3, 4, "abcd"],
    [9, 0, "abcd"],
  ])("from %i to %i: %s", (from, to, after) => {
    expect(moved(["a", "b", "c", "d"], from, to).join("")).toBe(after);
  });

  it.each([
    [-20, 0],
    [39, 0],
    [41, 1],
    [110, 2],
    [900, 2],
  ])("a pointer at %i is at place %i", (height, place) => {
    expect(placeAt(height, [0, 40, 80].map((top) => ({ top, height: 40 })))).toBe(place);
  });
});

describe("typing", () => {
  it("keeps spaces, drops what no database can store, clears when nothing is left", () => {
    expect(typed(" 答 ")).toEqual({ text: " 答 " });
    expect(typed("a\u0000b\ud800c")).toEqual({ text: "abc" });
    expect(typed("𬎆")).toEqual({ text: "𬎆" });
    expect(typed("")).toBeNull();
  });

  it("is cut at the most characters of the type, never within one", () => {
    expect(typed("𬎆".repeat(9), 4)).toEqual({ text: "𬎆".repeat(4) });
    expect(mostCharacters("EXTENDED_ANSWER")).toBe(20_000);
    expect(mostCharacters("SHORT_ANSWER")).toBe(4_000);
  });

  it("counts the characters that people count", () => {
    expect(written("质量 管理\n𬎆。")).toBe(6);
  });

  it("fills one blank and keeps the others", () => {
    const two = questionOf("FILL_IN", { blanks: 2 });
    const first = filled(two, null, 1, "乙");
    expect(first).toEqual({ blanks: ["", "乙"] });
    expect(filled(two, first, 0, "甲")).toEqual({ blanks: ["甲", "乙"] });
    expect(filled(two, first, 1, "")).toBeNull();
    expect(blankOf(first, 1)).toBe("乙");
    expect(blankOf(null, 0)).toBe("");
  });

  it.each([
    ["1", true],
    ["-1.50", true],
    ["１２．５", true],
    ["1,5", true],
    [".5", true],
    ["12 元", false],
    ["一", false],
    ["1.2.3", false],
  ])("%s looks like a number: %s", (text, expected) => {
    expect(looksNumeric(text)).toBe(expected);
  });
});

describe("composites", () => {
  const parts = ["p1", "p2"].map((id) => ({ ...questionOf("SHORT_ANSWER"), id }));
  const composite = questionOf("COMPOSITE", { parts });

  it("keep the other parts' answers, and are cleared with the last one", () => {
    const one = partAnswered(composite, null, "p2", { text: "乙" });
    expect(one).toEqual({ parts: { p1: null, p2: { text: "乙" } } });
    expect(partAnswered(composite, one, "p1", { choice: "a" })).toEqual({ parts: { p1: { choice: "a" }, p2: { text: "乙" } } });
    expect(partAnswered(composite, one, "p2", null)).toBeNull();
    expect([partOf(one, "p1"), partOf(one, "p2"), partOf(null, "p1")]).toEqual([null, { text: "乙" }, null]);
  });
});
