import { describe, expect, it } from "vitest";

import { placesOf, roomOf } from "./places";

const [ONE, TWO] = [{ session_room_id: "one" }, { session_room_id: "two" }];

describe("where proctors serve", () => {
  it("is the only room for who was not placed yet", () => expect(roomOf("wu", {}, [ONE])).toBe("one"));
  it("is open where there are several rooms, or none", () => expect([roomOf("wu", {}, [ONE, TWO]), roomOf("wu", {}, [])]).toEqual([null, null]));
  it("stays where the office put somebody, also from afar", () =>
    expect([roomOf("wu", { wu: "two" }, [ONE, TWO]), roomOf("wu", { wu: null }, [ONE])]).toEqual(["two", null]));
  it("is told for the chosen alone", () => expect(placesOf(["wu"], { wu: "one", li: "two" }, [ONE, TWO])).toEqual({ wu: "one" }));
});
