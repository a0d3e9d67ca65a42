// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, expect, it } from "vitest";

import type { Schemas } from "@/api/client";
import { json, refused, serve } from "@/api/testing";

import { show } from "../items/testing";
import PlanRooms from "./PlanRooms.vue";

const ASKED = "GET /api/exam-sessions/s/room-proposal";
const TAKEN = "POST /api/exam-sessions/s/room-proposal";
const ROOM = { room_id: "r-1", name: "Lab 1", seats: 40, centre: "Bund", address: "1 Bund", capacity: 30, is_separate: false };
const PROPOSAL = { enrolled: 2, apart: 1, kept: 0, seats: 31, rooms: [ROOM, { ...ROOM, room_id: "r-2", name: "Lab 2", capacity: 1, is_separate: true }] };
const PLAN = { choices: [{ centre: "Bund", centre_id: "c-1" }], unplaced: [{}, {}] } as unknown as Schemas["SeatPlanView"];

let page: VueWrapper;
afterEach(() => page.unmount());

const button = (name: string) => page.findAll("button").find((one) => one.text() === name);

async function propose(): Promise<void> {
  await page.get("form").trigger("submit");
  await flushPromises();
}

it("shows the proposed rooms and takes over those that it showed", async () => {
  const seen = serve({ [ASKED]: json(PROPOSAL), [TAKEN]: json(PLAN) });
  page = show(PlanRooms, { sessionId: "s", plan: PLAN });
  await page.get("select").setValue("c-1");
  await propose();
  expect(new URL(seen[0]!.url).search).toBe("?centre_id=c-1&kind=COMPUTER&seats_a_room=30");
  expect(page.get("[role=status]").text()).toContain("2 candidates, 31 seats in all. 1 of them in separate rooms.");
  expect(page.findAll("tbody th").map((cell) => cell.text())).toEqual(["Lab 1", "Lab 2 · Separate room"]);
  await button("Take over, seats by ticket number")!.trigger("click");
  await flushPromises();
  const wish = { centre_id: "c-1", kind: "COMPUTER", seats_a_room: 30 };
  expect(await seen[1]!.json()).toEqual({ wish, rooms: ["r-1", "r-2"], order: "BY_TICKET", spread: "FILL" });
  expect(page.getComponent(PlanRooms).emitted("planned")).toHaveLength(1);
});

it("forgets the proposal when something else is wished for", async () => {
  serve({ [ASKED]: json(PROPOSAL) });
  page = show(PlanRooms, { sessionId: "s", plan: PLAN });
  await propose();
  await page.get("select").setValue("c-1");
  expect(button("Take over, seats by chance")).toBeUndefined();
});

it("says how many places are missing", async () => {
  serve({ [ASKED]: refused("rooms_do_not_suffice", 409, { needed: 40, missing: 10, separate: 2 }) });
  page = show(PlanRooms, { sessionId: "s", plan: PLAN });
  await propose();
  expect(page.text()).toContain("10 places are missing for 40 candidates (2 of them in separate rooms)");
  expect(button("Take over, seats by chance")).toBeUndefined();
});

it("draws no seats again where everybody has one and no room is lacking", async () => {
  serve({ [ASKED]: json({ ...PROPOSAL, kept: 2, rooms: [] }) });
  page = show(PlanRooms, { sessionId: "s", plan: { ...PLAN, unplaced: [] } });
  await propose();
  expect(page.text()).toContain("Everybody has a seat");
  expect(button("Take over, seats by chance")).toBeUndefined();
});
