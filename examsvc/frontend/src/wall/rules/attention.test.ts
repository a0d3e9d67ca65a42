import { describe, expect, it } from "vitest";

import type { Tile } from "../types";
import { attention, byAttention, held, isOutOfOrder } from "./attention";
import { cameraState, coverage, expectedMs } from "./camera";

const EVENT = { id: "e1", kind: "TAB_HIDDEN", at: "2026-11-23T01:00:00Z" } as const;

export function tile(changes: Partial<Tile> = {}): Tile {
  return {
    sitting_id: "s",
    seat_number: 1,
    seat_label: "01",
    room: null,
    separate_room: false,
    screen_reader: false,
    safe_browser: "OFF",
    break_ends_at: null,
    hand_in_allowed_at: null,
    ticket_number: "1",
    name: "A",
    has_photo: false,
    state: "IN_PROGRESS",
    phase: "OPEN",
    closes_at: null,
    paused_at: null,
    on_paper_at: null,
    finished_at: null,
    finish_reason: null,
    extra_seconds: 0,
    answered_count: 0,
    question_count: 10,
    camera_check: "OK",
    is_connected: true,
    connection_since: "2026-11-23T01:00:00Z",
    frame_at: null,
    verdict: "GOOD",
    alerts: 0,
    last_alert: null,
    last_event: null,
    open_incidents: 0,
    command: null,
    ...changes,
  };
}

describe("a camera", () => {
  it.each([
    [0, "LIVE"],
    [10_000, "LIVE"],
    [10_001, "AGING"],
    [20_000, "AGING"],
    [20_001, "STALE"],
  ])("with a frame of %i ms is %s", (age, state) => {
    expect(cameraState(tile(), "OPTIONAL", age, 5_000)).toBe(state);
  });

  it("says why there is no picture", () => {
    expect(cameraState(tile(), "OFF", null, 5_000)).toBe("OFF");
    expect(cameraState(tile({ state: "HANDED_IN" }), "OPTIONAL", 1, 5_000)).toBe("OVER");
    expect(cameraState(tile({ camera_check: "DENIED" }), "OPTIONAL", null, 5_000)).toBe("DENIED");
    expect(cameraState(tile({ camera_check: "NONE" }), "OPTIONAL", null, 5_000)).toBe("NONE");
    expect(cameraState(tile(), "OPTIONAL", null, 5_000)).toBe("WAITING");
    expect(cameraState(tile({ connection_since: null }), "OPTIONAL", null, 5_000)).toBe("NOT_HERE");
  });

  it("tells what is wrong with the picture, and age before all", () => {
    expect(cameraState(tile({ verdict: "BLACK" }), "OPTIONAL", 1, 5_000)).toBe("BLACK");
    expect(cameraState(tile({ verdict: "FROZEN" }), "OPTIONAL", 1, 5_000)).toBe("FROZEN");
    expect(cameraState(tile({ verdict: "FROZEN" }), "OPTIONAL", 99_000, 5_000)).toBe("STALE");
    expect(cameraState(tile({ last_event: { ...EVENT, kind: "CAMERA_LOST" } }), "OPTIONAL", 1, 5_000)).toBe("LOST");
  });

  it("is expected less often when opened is false or the server is busy", () => {
    expect([expectedMs(true, 0), expectedMs(false, 0), expectedMs(false, 5), expectedMs(false, 8)]).toEqual([
      2_000, 5_000, 7_500, 15_000,
    ]);
  });
});

describe("coverage", () => {
  it("counts cameras with a frame of at most twelve seconds", () => {
    expect(coverage([0, 12_000, 12_001, null])).toBe(50);
    expect(coverage([])).toBeNull();
  });
});

describe("attention", () => {
  it("goes to alerts that nobody has seen", () => {
    expect(attention(tile({ last_alert: EVENT }), "LIVE", undefined)).toBe("alert");
    expect(attention(tile({ last_alert: EVENT }), "LIVE", "e0")).toBe("alert");
    expect(attention(tile({ last_alert: EVENT }), "LIVE", "e1")).toBe("calm");
  });

  it("goes to the running who are offline or unseen, and never to those who are done", () => {
    expect(attention(tile({ is_connected: false }), "LIVE", undefined)).toBe("stale");
    expect(attention(tile(), "BLACK", undefined)).toBe("stale");
    expect(attention(tile(), "AGING", undefined)).toBe("aging");
    expect(attention(tile({ state: "EXPECTED", is_connected: false }), "NOT_HERE", undefined)).toBe("calm");
    expect(attention(tile({ state: "HANDED_IN", last_alert: EVENT }), "OVER", undefined)).toBe("over");
  });

  it("orders by urgency, then by seat", () => {
    const tiles = [tile({ seat_number: 3 }), tile({ seat_number: 2, last_alert: EVENT }), tile({ seat_number: 1 })];
    const level = (each: Tile) => attention(each, "LIVE", undefined);
    expect([...tiles].sort(byAttention(level)).map((each) => each.seat_number)).toEqual([2, 1, 3]);
  });

  it("keeps in view what is out of order", () => {
    expect(isOutOfOrder(tile({ open_incidents: 1 }), "calm")).toBe(true);
    expect(isOutOfOrder(tile({ state: "PAUSED" }), "calm")).toBe(true);
    expect(isOutOfOrder(tile(), "aging")).toBe(false);
  });

  it("lets nothing jump while an order is held", () => {
    expect(held(["b", "a", "gone"], ["a", "b", "new"])).toEqual(["b", "a", "new"]);
  });
});
