/** Who may go on by hand, and who has to. */

import type { Tile } from "../types";
import { isOver } from "./camera";

/** Whether the sitting is on paper already: printing it again changes nothing. */
export function onPaper(tile: Tile): boolean {
  return tile.on_paper_at !== null;
}

/** Whether the sitting's machine was lost while its clock ran. */
export function cutOff(tile: Tile): boolean {
  return tile.state === "IN_PROGRESS" && !tile.is_connected && !onPaper(tile);
}

/** The tiles of those who may be put on paper: whose sitting is not over, in the room, or in all rooms. */
export function printable(tiles: Iterable<Tile>, roomId: string | null): Tile[] {
  return [...tiles].filter((tile) => !isOver(tile) && (roomId === null || tile.room?.id === roomId));
}
