import { describe, expect, it } from "vitest";

import { points } from "@/question/rules/points";

import type { SittingView } from "../types";
import { actionOf, type Stroke } from "./keyboard";
import { announcementFor, urgencyOf } from "./remaining";
import { screenOf } from "./screen";

const MINUTE = 60_000;

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
    expect(actionOf(stroke("ArrowDown", { focus: "own" }))).toBeNull();
    expect(actionOf(stroke("b", { focus: "own" }))).toEqual({ kind: "option", index: 1 });
  });

  it.each(["a", "F", "j", "k", "?", "1"])("%s means nothing where characters are switched off", (key) => {
    expect(actionOf(stroke(key), false)).toBeNull();
  });

  it.each([
    ["PageUp", { kind: "previous" }],
    ["ArrowRight", { kind: "next" }],
  ])("%s still turns the page then", (key, action) => {
    expect(actionOf(stroke(key), false)).toEqual(action);
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
    [{ safe_browser: "NEEDED", steps: { ...steps, identity_confirmed_at: null } }, false, "confirm"],
    [{ safe_browser: "NEEDED", steps: { ...steps, undertaking_signed_at: null } }, false, "safe-browser"],
    [{ safe_browser: "NEEDED" }, false, "safe-browser"],
    [{ safe_browser: "NEEDED", entered_at: done }, false, "safe-browser"],
    [{ safe_browser: "NEEDED", state: "IN_PROGRESS" }, false, "safe-browser"],
    [{ safe_browser: "NEEDED", state: "IN_PROGRESS" }, true, "paper"],
    [{ safe_browser: "NEEDED", state: "PAUSED", phase: "PAUSED" }, false, "paused"],
    [{ safe_browser: "WAIVED" }, false, "waiting"],
    [{ safe_browser: "PROVEN", state: "IN_PROGRESS" }, false, "resume"],
    [{ phase: "WAITING" }, false, "waiting"],
    [{ phase: "PAUSED" }, false, "paused"],
    [{ phase: "PAUSED", steps: { ...steps, system_checked_at: null } }, false, "check"],
    [{ phase: "TOO_LATE" }, false, "too-late"],
    [{ turned_away_at: done }, false, "turned-away"],
    [{ turned_away_at: done, phase: "WAITING", entered_at: null }, true, "turned-away"],
    [{ turned_away_at: done, state: "ABSENT", phase: "OVER" }, false, "absent"],
    [{ phase: "OVER" }, false, "cancelled"],
    [{ entered_at: "2026-11-23T01:00:00Z" }, true, "paper"],
    [{ entered_at: "2026-11-23T01:00:00Z" }, false, "resume"],
    [{ entered_at: "2026-11-23T01:00:00Z", phase: "WAITING" }, true, "waiting"],
    [{ entered_at: "2026-11-23T01:00:00Z", phase: "TOO_LATE" }, true, "too-late"],
    [{ state: "IN_PROGRESS" }, false, "resume"],
    [{ state: "IN_PROGRESS" }, true, "paper"],
    [{ state: "IN_PROGRESS", phase: "WAITING" }, true, "waiting"],
    [{ state: "IN_PROGRESS", phase: "OVER" }, true, "paper"],
    [{ state: "PAUSED", phase: "PAUSED" }, false, "paused"],
    [{ state: "PAUSED", phase: "PAUSED" }, true, "paper"],
    [{ state: "IN_PROGRESS", phase: "ON_BREAK" }, false, "on-break"],
    [{ state: "IN_PROGRESS", phase: "ON_BREAK" }, true, "paper"],
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
