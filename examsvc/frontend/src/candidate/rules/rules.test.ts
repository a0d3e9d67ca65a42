import { describe, expect, it } from "vitest";

import type { Answer } from "@/journal/entries";

import type { ItemType, Question, SittingView } from "../types";
import {
  blankOf,
  filled,
  isAnswered,
  isPartly,
  isPicked,
  looksNumeric,
  optionsOf,
  partsOf,
  picked,
  typed,
} from "./answering";
import { actionOf, type Stroke } from "./keyboard";
import { points } from "./points";
import { announcementFor, urgencyOf } from "./remaining";
import { screenOf } from "./screen";

const MINUTE = 60_000;
const options = ["a", "b", "c", "d"].map((id) => ({ id, text: id }));

function question(more: Partial<Question> = {}): Question {
  return { ref: "q1", number: 1, stem: "", points: 100, options, blanks: null, unit: null, ...more };
}

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
  ])("%j: %s", (answer, expected) => {
    expect(isAnswered(answer)).toBe(expected);
  });

  it.each<[Answer, boolean]>([
    [{ blanks: ["x", ""] }, true],
    [{ blanks: ["x", "y"] }, false],
    [{ blanks: ["", ""] }, false],
    [{ text: "x" }, false],
  ])("partly: %j: %s", (answer, expected) => {
    expect(isPartly(answer)).toBe(expected);
  });
});

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
    const given = picked(type, question(), before, id);
    expect(given).toEqual(after);
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
    expect(optionsOf({ ...question({ options: null }), type: "TRUE_FALSE" }).map(({ id }) => id)).toEqual([
      "true",
      "false",
    ]);
  });
});

describe("typing", () => {
  it("keeps spaces, drops what no database can store, clears when nothing is left", () => {
    expect(typed(" 答 ")).toEqual({ text: " 答 " });
    expect(typed("a\u0000b\ud800c")).toEqual({ text: "abc" });
    expect(typed("𬎆")).toEqual({ text: "𬎆" });
    expect(typed("")).toBeNull();
  });

  it("fills one blank and keeps the others", () => {
    const two = question({ blanks: 2 });
    const first = filled(two, null, 1, "乙");
    expect(first).toEqual({ blanks: ["", "乙"] });
    expect(filled(two, first, 0, "甲")).toEqual({ blanks: ["甲", "乙"] });
    expect(filled(two, first, 1, "")).toBeNull();
    expect(blankOf(first, 1)).toBe("乙");
    expect(blankOf(null, 0)).toBe("");
  });

  it.each([
    ["甲____乙", 1, ["甲", "乙"]],
    ["____和______。", 2, ["", "和", "。"]],
    ["没有横线", 1, ["没有横线", ""]],
    ["多____一____个", 1, ["多", "一____个"]],
  ])("cuts %s at its %i blanks", (stem, blanks, parts) => {
    expect(partsOf(question({ stem, blanks }))).toEqual(parts);
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

describe("keys", () => {
  const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
    key,
    hasModifier: false,
    isComposing: false,
    focus: "none",
    ...more,
  });

  it.each([
    ["ArrowRight", { kind: "next" }],
    ["j", { kind: "next" }],
    ["J", { kind: "next" }],
    ["PageDown", { kind: "next" }],
    ["k", { kind: "previous" }],
    ["ArrowUp", { kind: "previous" }],
    ["f", { kind: "flag" }],
    ["?", { kind: "help" }],
    ["a", { kind: "option", index: 0 }],
    ["H", { kind: "option", index: 7 }],
    ["6", { kind: "option", index: 5 }],
    ["9", null],
    ["i", null],
    ["Tab", null],
    [" ", null],
  ])("%s: %j", (key, action) => {
    expect(actionOf(stroke(key))).toEqual(action);
  });

  it.each(["a", "f", "j", "?", "ArrowRight", "1"])("%s is left to a text field", (key) => {
    expect(actionOf(stroke(key, { focus: "text" }))).toBeNull();
  });

  it("turns pages from a text field as well", () => {
    expect(actionOf(stroke("PageUp", { focus: "text" }))).toEqual({ kind: "previous" });
  });

  it("leaves arrows to a group of radio buttons, and letters not", () => {
    expect(actionOf(stroke("ArrowDown", { focus: "choice" }))).toBeNull();
    expect(actionOf(stroke("b", { focus: "choice" }))).toEqual({ kind: "option", index: 1 });
  });

  it("means nothing with Ctrl, nor while Chinese is being composed", () => {
    expect(actionOf(stroke("f", { hasModifier: true }))).toBeNull();
    expect(actionOf(stroke("a", { isComposing: true }))).toBeNull();
  });
});

describe("the time left", () => {
  it.each([
    [10 * MINUTE + 1, "calm"],
    [10 * MINUTE, "soon"],
    [5 * MINUTE + 1, "soon"],
    [5 * MINUTE, "last"],
    [0, "last"],
  ])("%i ms is %s", (left, urgency) => {
    expect(urgencyOf(left)).toBe(urgency);
  });

  it.each([
    [30 * MINUTE + 1, 30 * MINUTE, { minutes: 30, isUrgent: false }],
    [30 * MINUTE, 30 * MINUTE - 1, null],
    [10 * MINUTE + 1, 10 * MINUTE, { minutes: 10, isUrgent: false }],
    [5 * MINUTE + 1, 5 * MINUTE - 200, { minutes: 5, isUrgent: true }],
    [MINUTE + 1, MINUTE, { minutes: 1, isUrgent: true }],
    [40 * MINUTE, 4 * MINUTE, { minutes: 5, isUrgent: true }],
    [MINUTE + 1, 0, null],
    [9 * MINUTE, 14 * MINUTE, null],
  ])("from %i to %i ms says %j", (before, after, said) => {
    expect(announcementFor(before, after)).toEqual(said);
  });
});

describe("the screen", () => {
  const done = "2026-11-23T01:00:00Z";
  const steps = { identity_confirmed_at: done, undertaking_signed_at: done, system_checked_at: done };
  const view = (more: Partial<SittingView>): SittingView =>
    ({ state: "EXPECTED", phase: "OPEN", steps, ...more }) as SittingView;

  it.each<[Partial<SittingView>, boolean, string]>([
    [{ steps: { ...steps, identity_confirmed_at: null } }, false, "confirm"],
    [{ steps: { ...steps, undertaking_signed_at: null } }, false, "undertaking"],
    [{ steps: { ...steps, system_checked_at: null } }, false, "check"],
    [{}, false, "waiting"],
    [{ phase: "WAITING" }, false, "waiting"],
    [{ phase: "TOO_LATE" }, false, "too-late"],
    [{ phase: "OVER" }, false, "cancelled"],
    [{ state: "IN_PROGRESS" }, false, "resume"],
    [{ state: "IN_PROGRESS" }, true, "paper"],
    [{ state: "IN_PROGRESS", phase: "WAITING" }, true, "waiting"],
    [{ state: "IN_PROGRESS", phase: "OVER" }, true, "paper"],
    [{ state: "PAUSED", phase: "PAUSED" }, false, "paused"],
    [{ state: "PAUSED", phase: "PAUSED" }, true, "paper"],
    [{ state: "HANDED_IN", phase: "OVER" }, true, "finished"],
    [{ state: "TERMINATED", phase: "OVER" }, true, "terminated"],
    [{ state: "ABSENT", phase: "OVER" }, false, "absent"],
  ])("%j, with the paper %s: %s", (more, hasPaper, screen) => {
    expect(screenOf(view(more), hasPaper)).toBe(screen);
  });
});

describe("points", () => {
  it.each([
    [200, "2"],
    [150, "1.5"],
    [125, "1.25"],
    [100_00, "100"],
  ])("%i hundredths are %s", (hundredths, text) => {
    expect(points(hundredths)).toBe(text);
  });
});
