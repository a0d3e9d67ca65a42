// @vitest-environment happy-dom
import type { VueWrapper } from "@vue/test-utils";
import { reactive } from "vue";
import { afterEach, describe, expect, it } from "vitest";

import { show } from "../items/testing";
import RoomPicks from "./RoomPicks.vue";
import { chosenOf, hasRooms, roomsOf, toggleAll } from "./rooms";

const FIRST = { number: 1, name: "Lab 1" };
const SECOND = { number: 2, name: "Lab 2" };
const sits = (enrolment_id: string, room: typeof FIRST | null, printable = true) => ({ enrolment_id, room, printable });
const PEOPLE = [sits("a", FIRST), sits("b", FIRST, false), sits("c", FIRST), sits("d", SECOND), sits("e", { number: 3, name: "Lab 3" }, false)];

describe("rooms of candidates", () => {
  it("come in their order, with exactly those who can be printed", () => {
    const rooms = roomsOf(PEOPLE);
    expect(rooms.map(({ number, name, printable }) => [number, name, printable])).toEqual([
      [1, "Lab 1", ["a", "c"]],
      [2, "Lab 2", ["d"]],
      [3, "Lab 3", []],
    ]);
    expect(rooms[0]!.candidates.map(({ enrolment_id }) => enrolment_id)).toEqual(["a", "b", "c"]);
  });

  it("are one without a number where nobody has a seat in a room", () => {
    const rooms = roomsOf([sits("a", null), sits("b", null)]);
    expect(rooms.map(({ number, printable }) => [number, printable])).toEqual([[0, ["a", "b"]]]);
    expect(hasRooms(rooms)).toBe(false);
    expect(hasRooms(roomsOf([sits("a", null), sits("b", FIRST)]))).toBe(true);
  });

  it("are chosen whole, filled up when a part of them is, and left again", () => {
    const chosen = new Set(["c", "d"]);
    expect(chosenOf(["a", "c"], chosen)).toBe("some");
    toggleAll(["a", "c"], chosen);
    expect([...chosen].sort()).toEqual(["a", "c", "d"]);
    toggleAll(["a", "c"], chosen);
    expect([...chosen]).toEqual(["d"]);
    expect(chosenOf([], chosen)).toBe("none");
  });
});

describe("the choice of rooms", () => {
  let page: VueWrapper;
  afterEach(() => page.unmount());

  it("ticks exactly those of a room who can be printed", async () => {
    const chosen = reactive(new Set(["c"]));
    page = show(RoomPicks, { modelValue: chosen, rooms: roomsOf(PEOPLE) });
    const boxes = page.findAll<HTMLInputElement>("input[type=checkbox]");
    const states = () => boxes.map(({ element }) => [element.checked, element.indeterminate, element.disabled]);
    expect(page.findAll("label").map((label) => label.text())).toEqual([
      "Room 01 Lab 1 2 can be printed",
      "Room 02 Lab 2 1 can be printed",
      "Room 03 Lab 3 0 can be printed",
    ]);
    expect(states()).toEqual([[false, true, false], [false, false, false], [false, false, true]]);
    await boxes[0]!.setValue(true);
    expect([...chosen].sort()).toEqual(["a", "c"]);
    expect(states()).toEqual([[true, false, false], [false, false, false], [false, false, true]]);
    await boxes[0]!.setValue(false);
    expect([...chosen]).toEqual([]);
  });
});
