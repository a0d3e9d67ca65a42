import { expect, it } from "vitest";

import type { Tile } from "../types";
import { cutOff, printable } from "./paper";

function tile(id: string, changes: Partial<Tile>): Tile {
  const usual = { state: "IN_PROGRESS", is_connected: true, on_paper_at: null, room: { id: "r-1", number: 1, name: "一号机房" } };
  return { sitting_id: id, ...usual, ...changes } as Tile;
}

it("calls cut off whose machine was lost while the clock ran, until there is a paper", () => {
  const tiles = [
    tile("runs", {}),
    tile("lost", { is_connected: false }),
    tile("waits", { state: "EXPECTED", is_connected: false }),
    tile("printed", { is_connected: false, on_paper_at: "2026-11-23T01:00:00Z" }),
  ];
  expect(tiles.filter(cutOff).map(({ sitting_id }) => sitting_id)).toEqual(["lost"]);
});

it("lets those be printed whose sitting is not over, in the room that is looked at or in all", () => {
  const tiles = [tile("here", {}), tile("over", { state: "HANDED_IN" }), tile("there", { room: { id: "r-2", number: 2, name: "二号机房" } })];
  expect(printable(tiles, "r-1").map(({ sitting_id }) => sitting_id)).toEqual(["here"]);
  expect(printable(tiles, null).map(({ sitting_id }) => sitting_id)).toEqual(["here", "there"]);
});
