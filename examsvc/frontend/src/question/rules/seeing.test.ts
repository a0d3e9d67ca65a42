import { describe, expect, it } from "vitest";

import type { Answer, Point } from "@/journal/entries";

import { optionsNamed, questionOf } from "../testing";
import type { Medium } from "../types";
import { digestsOf, needsFormulas } from "./contents";
import { begun, ended, mayPlay, playsLeft, reached, UNPLAYED } from "./playing";
import { markAt, marked, marksLeft, percentOf, pixelAt, steppedTo, unmarked } from "./pointing";
import { hasFormula, partsOf, piecesOf } from "./stems";

const picture = { digest: "d", media_type: "image/png", width: 800, height: 600, alt: "电路图" };

describe("pointing at a picture", () => {
  const two = questionOf("HOTSPOT", { picture, marks: 2 });
  const one = questionOf("HOTSPOT", { picture, marks: 1 });

  it.each<[number, number, Point]>([
    [0, 0, [0, 0]],
    [0.5, 0.5, [400, 300]],
    [1, 1, [799, 599]],
    [-0.2, 1.3, [0, 599]],
    [0.00124, 0, [0, 0]],
  ])("at %f across and %f down is a pixel of the picture", (across, down, point) => {
    expect(pixelAt(picture, across, down)).toEqual(point);
  });

  it("shows a pixel where it was pointed at, whatever the size", () => {
    const { across, down } = percentOf(picture, [799, 0]);
    expect(pixelAt(picture, across / 100, down / 100)).toEqual([799, 0]);
  });

  it("marks points until none is left, then leaves the answer as it is", () => {
    const first = marked(two, null, [10, 10]);
    const second = marked(two, first, [500, 10]);
    expect(second).toEqual({ points: [[10, 10], [500, 10]] });
    expect([marksLeft(two, null), marksLeft(two, first), marksLeft(two, second)]).toEqual([2, 1, 0]);
    expect(marked(two, second, [300, 300])).toBe(second);
  });

  it("sets a mark anew that is pointed at again, so that a double tap marks once", () => {
    expect(marked(two, { points: [[10, 10]] }, [20, 15])).toEqual({ points: [[20, 15]] });
    expect(marked(two, { points: [[10, 10]] }, [40, 10])).toEqual({ points: [[10, 10], [40, 10]] });
  });

  it("moves the only mark of a picture with one", () => {
    expect(marked(one, { points: [[10, 10]] }, [500, 500])).toEqual({ points: [[500, 500]] });
  });

  it("takes marks away", () => {
    const both: Answer = { points: [[10, 10], [500, 10]] };
    expect(unmarked(both, 0)).toEqual({ points: [[500, 10]] });
    expect(unmarked({ points: [[1, 1]] }, 0)).toBeNull();
    expect([markAt(picture, both, [505, 12]), markAt(picture, both, [300, 300])]).toEqual([1, -1]);
  });

  it.each<[string, boolean, Point | null]>([
    ["ArrowRight", false, [420, 300]],
    ["ArrowUp", true, [400, 298]],
    ["ArrowLeft", true, [398, 300]],
    ["a", false, null],
  ])("%s (fine: %s) leads from the middle to %j", (key, isFine, to) => {
    expect(steppedTo(picture, [400, 300], key, isFine)).toEqual(to);
  });

  it("keeps the crosshair on the picture", () => {
    expect(steppedTo(picture, [5, 595], "ArrowLeft", false)).toEqual([0, 595]);
    expect(steppedTo(picture, [5, 595], "ArrowDown", false)).toEqual([5, 599]);
  });
});

describe("playing", () => {
  it("counts a play when it begins, and goes on with one that was broken off", () => {
    const first = reached(begun(UNPLAYED), 12.5);
    expect(first).toEqual({ used: 1, at: 12.5 });
    expect(begun(first)).toEqual(first);
    expect(reached(first, 3)).toEqual(first);
    expect(ended(first)).toEqual({ used: 1, at: null });
  });

  it("is over when the plays are used, but not in the middle of the last one", () => {
    expect(mayPlay(UNPLAYED, 1)).toBe(true);
    expect(mayPlay({ used: 1, at: 30 }, 1)).toBe(true);
    expect(mayPlay({ used: 1, at: null }, 1)).toBe(false);
    expect(mayPlay({ used: 9, at: null }, null)).toBe(true);
    expect([playsLeft({ used: 1, at: null }, 2), playsLeft({ used: 5, at: null }, 2), playsLeft(UNPLAYED, null)]).toEqual([1, 0, null]);
  });
});

describe("stems", () => {
  it.each([
    ["甲____乙", 1, ["甲", "乙"]],
    ["____和______。", 2, ["", "和", "。"]],
    ["没有横线", 1, ["没有横线", ""]],
    ["多____一____个", 1, ["多", "一____个"]],
  ])("cuts %s at its %i blanks", (stem, places, parts) => {
    expect(partsOf(stem, places)).toEqual(parts);
  });

  it("is cut into words and formulas", () => {
    expect(piecesOf("求 \\(x^2\\)：\n\\[\\frac{1}{2}\\\\[2pt] y\\]完")).toEqual([
      { kind: "words", text: "求 " },
      { kind: "inline", text: "x^2" },
      { kind: "words", text: "：\n" },
      { kind: "display", text: "\\frac{1}{2}\\\\[2pt] y" },
      { kind: "words", text: "完" },
    ]);
    expect(piecesOf("")).toEqual([]);
  });

  it.each([
    ["没有公式 (x) [y] $5", false],
    ["没有结束 \\(x", false],
    ["\\(x\\)", true],
  ])("%s has a formula: %s", (text, expected) => {
    expect(hasFormula(text)).toBe(expected);
  });
});

describe("what a question is made of", () => {
  const medium = (digest: string, kind: Medium["kind"]): Medium => ({ digest, kind, media_type: "", alt: "" });
  const part = { ...questionOf("HOTSPOT", { picture }), id: "p1" };
  const composite = questionOf("COMPOSITE", { parts: [part], media: [medium("s", "AUDIO"), medium("p", "PICTURE")] });

  it("names each picture and then each recording once", () => {
    expect(digestsOf([composite, composite])).toEqual(["p", "d", "s"]);
  });

  it("finds formulas in stems, options, gaps and parts", () => {
    const formula = [{ id: "a", text: "\\(x\\)" }];
    expect(needsFormulas(questionOf("SINGLE_CHOICE", { options: optionsNamed("a") }))).toBe(false);
    expect(needsFormulas(questionOf("SINGLE_CHOICE", { options: formula }))).toBe(true);
    expect(needsFormulas(questionOf("INLINE_CHOICE", { gaps: [formula] }))).toBe(true);
    expect(needsFormulas(questionOf("COMPOSITE", { parts: [{ ...part, stem: "\\(x\\)" }] }))).toBe(true);
  });
});
