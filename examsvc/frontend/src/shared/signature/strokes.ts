/** A drawn signature as the server keeps it: strokes of [x, y, milliseconds] on a pad of 1000 by 400. Pure. */

export const WIDTH = 1000;
export const HEIGHT = 400;
export const MOST_STROKES = 200;
export const MOST_POINTS = 6000;
/** Less ink than this is a slip of the pen and no signature. */
export const LEAST_INK = 150;
const LONGEST_MS = 10 * 60 * 1000;

export type Stroke = [number, number, number][];
interface DrawnStroke {
  points: { x: number; y: number; time: number }[];
}

/** Turn what was drawn on a pad of `width` CSS pixels into strokes; each stroke is thinned out if there are too many points. */
export function strokesOf(drawn: readonly DrawnStroke[], width: number): Stroke[] {
  const start = drawn[0]?.points[0]?.time ?? 0;
  const count = drawn.reduce((sum, { points }) => sum + points.length, 0);
  const every = Math.max(1, Math.ceil((count + MOST_STROKES) / MOST_POINTS));
  return drawn.slice(0, MOST_STROKES).map(({ points }) =>
    points
      .filter((_, index) => index % every === 0 || index === points.length - 1)
      .map(({ x, y, time }) => [scaled(x, width, WIDTH), scaled(y, width, HEIGHT), clamped(time - start, LONGEST_MS)]),
  );
}

/** The length of the line on the 1000-wide pad: how much ink there is. */
export function ink(strokes: readonly Stroke[]): number {
  const lengths = strokes.map((stroke) =>
    stroke.slice(1).reduce((sum, [x, y], index) => sum + Math.hypot(x - stroke[index]![0], y - stroke[index]![1]), 0),
  );
  return lengths.reduce((sum, each) => sum + each, 0);
}

/** The strokes as an SVG path; a dot becomes a line of no length, which round caps make visible. */
export function pathOf(strokes: readonly (readonly number[])[][]): string {
  return strokes.map((stroke) => `M${stroke.map(([x, y]) => `${x} ${y}`).join("L")}${stroke.length === 1 ? "h0" : ""}`).join("");
}

function scaled(value: number, width: number, most: number): number {
  return clamped((value * WIDTH) / width, most);
}

function clamped(value: number, most: number): number {
  return Math.round(Math.min(Math.max(value, 0), most));
}
