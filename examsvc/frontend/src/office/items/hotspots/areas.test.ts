import { describe, expect, it } from "vitest";

import type { Area } from "../drafting/shapes";
import { changed, cornersOf, dragged, labelOf, middle, namesOf, placeIn, SHAPES, withCorner } from "./areas";

const size = { width: 640, height: 480 };
const triangle: Area = { shape: "POLYGON", coords: [0, 0, 100, 0, 50, 90] };

describe("a place on the screen", () => {
  const frame = { left: 10, top: 20, width: 320, height: 240 };

  it.each([
    [10, 20, [0, 0]],
    [170, 140, [320, 240]],
    [0, 0, [0, 0]],
    [900, 900, [640, 480]],
  ])("%i, %i is the pixel %j", (x, y, place) => expect(placeIn(frame, size, x, y)).toEqual(place));
});

describe("a drag", () => {
  it("draws a rectangle whichever corner it began in", () => {
    expect(dragged("RECT", [50, 60], [10, 20])).toEqual({ shape: "RECT", coords: [10, 20, 50, 60] });
  });

  it("draws a circle around the place where it began", () => {
    expect(dragged("CIRCLE", [50, 60], [53, 64])).toEqual({ shape: "CIRCLE", coords: [50, 60, 5] });
  });

  it("that was only a click draws nothing", () => {
    expect(dragged("RECT", [50, 60], [50, 60])).toBeNull();
    expect(dragged("CIRCLE", [50, 60], [50, 60])).toBeNull();
  });
});

describe("an area written in numbers", () => {
  it.each(SHAPES)("%s begins within the picture and names each number", (shape) => {
    const area = middle(shape, size);
    expect(area.coords.every((coord) => Number.isInteger(coord) && coord > 0 && coord < 480)).toBe(true);
    expect(namesOf(area)).toHaveLength(area.coords.length);
  });

  it.each([
    [0, 9999, 640],
    [1, 9999, 480],
    [2, 12.6, 13],
    [2, Number.NaN, 0],
    [0, -4, 0],
  ])("number %i set to %d is %i", (index, value, taken) => {
    expect(changed({ shape: "CIRCLE", coords: [1, 2, 3] }, index, value, size).coords[index]).toBe(taken);
  });

  it("gets another corner between the last and the first", () => {
    expect(cornersOf(withCorner(triangle)).at(-1)).toEqual([25, 45]);
  });
});

it.each<[Area, number[]]>([
  [{ shape: "RECT", coords: [0, 0, 10, 20] }, [5, 10]],
  [{ shape: "CIRCLE", coords: [7, 8, 3] }, [7, 8]],
  [triangle, [50, 30]],
])("%j has its number at %j", (area, place) => expect(labelOf(area)).toEqual(place));
