// @vitest-environment happy-dom
import { expect, it } from "vitest";

import { show } from "../items/testing";
import { BOOK } from "../sessions/testing";
import StaffingState from "./StaffingState.vue";

it("the count that a room needs stands beside the ratio and its source", () => {
  const room = { session_room_id: "r", number: 1, name: "Room 1", candidates: 31, needed: 3, present: 2 };
  const rule = BOOK.fixed.find(({ key }) => key === "proctors");
  const page = show(StaffingState, { staffing: { rooms: [room], supervisors: [], relations: [], faults: [] }, isPublished: false, rule });
  for (const words of ["2 of 3", "What proctors is", "The source of proctors.", "(fixed)"]) expect(page.text()).toContain(words);
  page.unmount();
});
