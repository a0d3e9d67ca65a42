import { describe, expect, it } from "vitest";

import { isEntryClosed, isOpen, isTurnedAway, presenceKey, proposed } from "./presence";
import type { DoorSeat, Roll } from "./types";

const seat = (columns: Partial<DoorSeat>): DoorSeat => ({ presence: "MISSING", last: null, has_entered: false, may_be_absent: false, ...columns }) as DoorSeat;

describe("a room's roll", () => {
  it.each([
    ["2026-11-23T01:29:59Z", false],
    ["2026-11-23T01:30:00Z", false],
    ["2026-11-23T01:30:01Z", true],
  ])("says at %s whether entry is closed: %s", (server_now, expected) =>
    expect(isEntryClosed({ server_now, entry_closes_at: "2026-11-23T01:30:00Z" })).toBe(expected),
  );

  it("proposes as absent whom the server says", () => {
    const missing = seat({ may_be_absent: true });
    expect(proposed({ seats: [seat({}), missing] } as Roll)).toEqual([missing]);
  });

  it("tells who was turned away from who never came, also once both are absent", () => {
    const last = { event: "TURNED_AWAY" } as DoorSeat["last"];
    const seats = [seat({ presence: "ABSENT", last }), seat({ presence: "ABSENT" }), seat({ presence: "TURNED_AWAY", last }), seat({ presence: "CHECKED_IN", last: null })];
    expect(seats.map(isTurnedAway)).toEqual([true, false, true, false]);
    expect(seats.map(presenceKey)).toEqual(["door.absentTurnedAway", "door.presence.ABSENT", "door.presence.TURNED_AWAY", "door.presence.CHECKED_IN"]);
  });

  it("lets nothing be changed about who has entered or is absent", () => {
    expect([seat({}), seat({ has_entered: true }), seat({ presence: "ABSENT" })].map(isOpen)).toEqual([true, false, false]);
  });
});
