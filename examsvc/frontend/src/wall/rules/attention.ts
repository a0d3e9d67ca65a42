/** Which tile a proctor should look at first. */

import type { Tile } from "../types";
import { type CameraState, isOver } from "./camera";

/** From the most urgent to what is over. */
export const LEVELS = ["alert", "stale", "aging", "calm", "over"] as const;
export type Level = (typeof LEVELS)[number];

/** Between two orders the tiles stand still for so long, so that nobody clicks on the wrong one. */
export const HOLD_MS = 10_000;

const STALE: readonly CameraState[] = ["STALE", "LOST", "BLACK", "FROZEN"];
const AGING: readonly CameraState[] = ["AGING", "DENIED", "NONE"];

/** `acknowledged` is the id of the last alert that somebody at this wall has seen. */
export function attention(tile: Tile, camera: CameraState, acknowledged: string | undefined): Level {
  if (isOver(tile)) return "over";
  if (tile.last_alert && tile.last_alert.id !== acknowledged) return "alert";
  const isRunning = tile.state === "IN_PROGRESS";
  if (isRunning && (!tile.is_connected || STALE.includes(camera))) return "stale";
  return isRunning && AGING.includes(camera) ? "aging" : "calm";
}

export function bySeat(one: Tile, other: Tile): number {
  return (one.room?.number ?? 0) - (other.room?.number ?? 0) || one.seat_number - other.seat_number;
}

/** Order tiles by urgency, then by seat. */
export function byAttention(level: (tile: Tile) => Level): (one: Tile, other: Tile) => number {
  return (one, other) => LEVELS.indexOf(level(one)) - LEVELS.indexOf(level(other)) || bySeat(one, other);
}

/** Whether a tile stays in view when only what is out of order is shown. */
export function isOutOfOrder(tile: Tile, level: Level): boolean {
  return level === "alert" || level === "stale" || tile.open_incidents > 0 || tile.state === "PAUSED";
}

/** Keep an order until it may change: what is new comes at its end, what is gone falls out. */
export function held(order: readonly string[], present: readonly string[]): string[] {
  const known = new Set(order);
  const here = new Set(present);
  return [...order.filter((id) => here.has(id)), ...present.filter((id) => !known.has(id))];
}
