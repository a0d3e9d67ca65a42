/** What a tile honestly says about its camera: never a picture without its age, never silence about a missing one. */

import type { Tone } from "@/shared/icons";

import type { Tile } from "../types";

export type CameraState =
  | "OFF"
  | "OVER"
  | "NOT_HERE"
  | "DENIED"
  | "NONE"
  | "WAITING"
  | "LOST"
  | "BLACK"
  | "FROZEN"
  | "STALE"
  | "AGING"
  | "LIVE";

/** The server asks for a frame every so many milliseconds of a camera on the page, and of one that is opened. */
export const VISIBLE_MS = 5_000;
export const OPENED_MS = 2_000;
const AGING = 2;
const STALE = 4;
const OVER = new Set(["HANDED_IN", "TERMINATED", "ABSENT"]);

export function isOver(tile: Tile): boolean {
  return OVER.has(tile.state);
}

/** How long a frame may take before its age is worth a colour; a busy server asks less often. */
export function expectedMs(opened: boolean, health: number): number {
  const stretch = health >= 8 ? 3 : health >= 5 ? 1.5 : 1;
  return (opened ? OPENED_MS : VISIBLE_MS) * stretch;
}

/** `age` of the newest frame in milliseconds, null while there is none. */
export function cameraState(tile: Tile, rule: string, age: number | null, expected: number): CameraState {
  if (rule === "OFF") return "OFF";
  if (isOver(tile)) return "OVER";
  if (age === null) return withoutFrame(tile);
  if (tile.last_event?.kind === "CAMERA_LOST") return "LOST";
  if (age > expected * STALE) return "STALE";
  if (tile.verdict === "BLACK") return "BLACK";
  if (tile.verdict === "FROZEN") return "FROZEN";
  return age > expected * AGING ? "AGING" : "LIVE";
}

function withoutFrame(tile: Tile): CameraState {
  if (tile.camera_check === "DENIED") return "DENIED";
  if (tile.camera_check === "NONE") return "NONE";
  return tile.connection_since === null ? "NOT_HERE" : "WAITING";
}

const TONES: Record<CameraState, Tone> = {
  OFF: "neutral",
  OVER: "neutral",
  NOT_HERE: "neutral",
  DENIED: "warn",
  NONE: "warn",
  WAITING: "info",
  LOST: "bad",
  BLACK: "bad",
  FROZEN: "bad",
  STALE: "bad",
  AGING: "warn",
  LIVE: "good",
};

export function cameraTone(state: CameraState): Tone {
  return TONES[state];
}

/** Whether a picture of this state is worth showing; one of yesterday's exam is not. */
export function hasPicture(state: CameraState, age: number | null): boolean {
  return age !== null && state !== "OFF" && state !== "OVER";
}

/** The share of cameras whose newest frame is at most this old counts as covered. */
export const COVERED_MS = 12_000;

/** Percent of the running sittings with a camera that are covered; null when there are none. */
export function coverage(ages: readonly (number | null)[]): number | null {
  if (!ages.length) return null;
  const covered = ages.filter((age) => age !== null && age <= COVERED_MS).length;
  return Math.round((covered / ages.length) * 100);
}
