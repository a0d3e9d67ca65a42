/** Answers that point at places of a picture, in the picture's own pixels. Pure. */

import type { Answer, Point } from "@/journal/entries";

import type { HotspotPicture, QuestionBody } from "../types";

/** A step of an arrow key is a fortieth of the picture's longer side; with Shift a tenth of that. */
const STEPS = 40;
const FINE_STEPS = 400;
/** Nearer than this share of the longer side it is the same mark, set better. */
const NEAR = 1 / 50;

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function pointsOf(answer: Answer): Point[] {
  return answer && "points" in answer ? answer.points : [];
}

/** The pixel at a place given as shares of width and height. */
export function pixelAt(picture: HotspotPicture, across: number, down: number): Point {
  return within(picture, [Math.floor(across * picture.width), Math.floor(down * picture.height)]);
}

/** A pixel's middle in percent of width and height. */
export function percentOf(picture: HotspotPicture, [x, y]: Point): { across: number; down: number } {
  return { across: ((x + 0.5) / picture.width) * 100, down: ((y + 0.5) / picture.height) * 100 };
}

/** Where an arrow key leads, or null for any other key. */
export function steppedTo(picture: HotspotPicture, [x, y]: Point, key: string, isFine: boolean): Point | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  const step = Math.max(1, Math.round(longer(picture) / (isFine ? FINE_STEPS : STEPS)));
  return within(picture, [x + direction[0] * step, y + direction[1] * step]);
}

/** The index of the mark at a point, or -1. */
export function markAt(picture: HotspotPicture, answer: Answer, point: Point): number {
  const near = Math.max(1, longer(picture) * NEAR);
  return pointsOf(answer).findIndex(([x, y]) => Math.hypot(x - point[0], y - point[1]) <= near);
}

/** How many points may still be marked. */
export function marksLeft(question: QuestionBody, answer: Answer): number {
  return Math.max(0, (question.marks ?? 1) - pointsOf(answer).length);
}

/**
 * The answer after a point was marked: a mark near it is set anew, a picture with one mark gets the new one instead.
 * The same answer when all marks are used.
 */
export function marked(question: QuestionBody, answer: Answer, point: Point): Answer {
  const before = pointsOf(answer);
  const again = markAt(question.picture!, answer, point);
  if (again >= 0) return { points: before.map((each, index) => (index === again ? point : each)) };
  if (marksLeft(question, answer) > 0) return { points: [...before, point] };
  return before.length === 1 ? { points: [point] } : answer;
}

/** The answer without one of its marks. */
export function unmarked(answer: Answer, index: number): Answer {
  const points = pointsOf(answer).filter((_, place) => place !== index);
  return points.length ? { points } : null;
}

function longer({ width, height }: HotspotPicture): number {
  return Math.max(width, height);
}

function within({ width, height }: HotspotPicture, [x, y]: Point): Point {
  return [Math.min(Math.max(x, 0), width - 1), Math.min(Math.max(y, 0), height - 1)];
}
