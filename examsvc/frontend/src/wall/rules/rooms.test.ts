import { expect, it } from "vitest";

import type { Room, Tile } from "../types";
import { roomsOf } from "./rooms";

const sittingIn = (room: Room | null): Tile => ({ room }) as Tile;

it("lists each room once, by number, and none for who sits in none", () => {
  const first = { id: "r1", number: 1, name: "一号机房" };
  const second = { id: "r2", number: 2, name: "二号机房" };
  expect(roomsOf([second, null, first, second].map(sittingIn))).toEqual([first, second]);
});
