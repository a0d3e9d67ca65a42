import type { Area, Picture } from "../drafting/shapes";

/** A place in a picture, in its pixels from the upper left corner. */
export type Place = readonly [across: number, down: number];
export type Shape = Area["shape"];
type Size = Pick<Picture, "width" | "height">;

export const SHAPES: readonly Shape[] = ["RECT", "CIRCLE", "POLYGON"];
export const LEAST_CORNERS = 3;
export const MOST_CORNERS = 64;
const NAMES = { RECT: ["left", "top", "right", "bottom"], CIRCLE: ["across", "down", "radius"] } as const;

/** Return the picture's pixel under a place on the screen. */
export function placeIn(frame: Pick<DOMRect, "left" | "top" | "width" | "height">, size: Size, x: number, y: number): Place {
  const across = ((x - frame.left) / frame.width) * size.width;
  const down = ((y - frame.top) / frame.height) * size.height;
  return [clamped(across, size.width), clamped(down, size.height)];
}

/** Return the area that a drag from one place to another draws, or null when it is too small to be meant. */
export function dragged(shape: "RECT" | "CIRCLE", from: Place, to: Place): Area | null {
  if (shape === "CIRCLE") {
    const radius = Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]));
    return radius > 1 ? { shape, coords: [...from, radius] } : null;
  }
  const [left, right] = [from[0], to[0]].sort((one, other) => one - other) as [number, number];
  const [top, bottom] = [from[1], to[1]].sort((one, other) => one - other) as [number, number];
  return right - left > 1 && bottom - top > 1 ? { shape, coords: [left, top, right, bottom] } : null;
}

/** Return an area in the middle of the picture, to be changed by its numbers. */
export function middle(shape: Shape, { width, height }: Size): Area {
  const at = (share: number): [number, number] => [Math.round(width * share), Math.round(height * share)];
  const [[left, top], [across, down], [right, bottom]] = [at(0.4), at(0.5), at(0.6)];
  const coords = {
    RECT: [left, top, right, bottom],
    CIRCLE: [across, down, Math.max(1, Math.round(Math.min(width, height) * 0.1))],
    POLYGON: [across, top, right, bottom, left, bottom],
  };
  return { shape, coords: coords[shape] };
}

/** Return the area with one of its numbers changed; what is no number of pixels is taken as the nearest that is. */
export function changed(area: Area, index: number, value: number, { width, height }: Size): Area {
  const isRadius = area.shape === "CIRCLE" && index === 2;
  const most = isRadius ? Math.max(width, height) : index % 2 === 0 ? width : height;
  const coords = area.coords.map((coord, at) => (at === index ? clamped(value, most) : coord));
  return { ...area, coords };
}

/** What each number of an area is: a word, and for a corner of a polygon which corner. */
export function namesOf({ shape, coords }: Area): { word: string; number: number }[] {
  if (shape !== "POLYGON") return NAMES[shape].map((word) => ({ word, number: 0 }));
  return coords.map((_, index) => ({ word: index % 2 === 0 ? "cornerAcross" : "cornerDown", number: Math.floor(index / 2) + 1 }));
}

export function cornersOf({ coords }: Area): Place[] {
  return coords.flatMap((across, index) => (index % 2 === 0 ? [[across, coords[index + 1] ?? 0] as const] : []));
}

/** Return the area with one more corner, between its last and its first. */
export function withCorner(area: Area): Area {
  const corners = cornersOf(area);
  const [first, last] = [corners[0] ?? [0, 0], corners.at(-1) ?? [0, 0]];
  const between = [Math.round((first[0] + last[0]) / 2), Math.round((first[1] + last[1]) / 2)];
  return { ...area, coords: [...area.coords, ...between] };
}

/** Where the number of an area is written. */
export function labelOf({ shape, coords }: Area): Place {
  const [one = 0, two = 0, three = 0, four = 0] = coords;
  if (shape === "CIRCLE") return [one, two];
  if (shape === "RECT") return [(one + three) / 2, (two + four) / 2];
  const corners = cornersOf({ shape, coords });
  const mean = (of: (corner: Place) => number): number => corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length;
  return [mean(([across]) => across), mean(([, down]) => down)];
}

function clamped(value: number, most: number): number {
  return Math.round(Math.min(Math.max(Number.isFinite(value) ? value : 0, 0), most));
}
