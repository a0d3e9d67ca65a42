// @vitest-environment happy-dom

import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";

import { json, serve } from "@/api/testing";

import { open } from "../imports/testing";
import DivisionForm from "./DivisionForm.vue";
import MarkingProgress from "./MarkingProgress.vue";

const answers = { blank: 1, open: 0, disputed: 0, agreed: 2, decided: 0 };
const question = (number: number) => ({ version_id: `v-${number}`, number, code: `W${number}`, type: "SHORT_ANSWER" as const, stem: "", points: 500, answers });
const MARKING = {
  state: "OPEN" as const, closed_at: null, tolerance: 10, step: 50, has_marks: false,
  missing: { unmarked: 0, disputed: 0, sittings: 0 }, questions: [question(3), question(4)], duties: [], people: [],
};
const staff = ["a", "b", "c"].map((id) => ({ account_id: id, name: `Person ${id}` }));
const PATH = "/api/exam-sessions/s-1/written-marking";

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

describe("the office's marking", () => {
  it("is divided among three different people, who then are sent", async () => {
    const seen = serve({ [`PUT ${PATH}`]: json(MARKING) });
    const { root } = await open(DivisionForm, { sessionId: "s-1", marking: MARKING, staff }, ["OFFICE"]);
    const submit = root.get<HTMLButtonElement>("button[type=submit]");
    const seats = root.findAll("tbody tr:first-child select");
    for (const [place, person] of ["a", "b", "b"].entries()) await seats[place]!.setValue(person);
    expect(submit.element.disabled).toBe(true);
    await seats[2]!.setValue("c");
    expect(submit.element.disabled).toBe(false);
    await root.get("form").trigger("submit");
    await flushPromises();
    const sent = seen.find((request) => request.method === "PUT");
    expect(await sent?.json()).toEqual({
      tolerance: 10,
      step: 50,
      duties: [
        { account_id: "a", duty: "MARKER", item_version_id: null },
        { account_id: "b", duty: "MARKER", item_version_id: null },
        { account_id: "c", duty: "ARBITER", item_version_id: null },
      ],
    });
  });

  it("is closed only when nothing is missing", async () => {
    const missing = { unmarked: 2, disputed: 1, sittings: 0 };
    const held = await open(MarkingProgress, { sessionId: "s-1", marking: { ...MARKING, missing } }, ["OFFICE"]);
    expect(held.root.get<HTMLButtonElement>(".buttons button").element.disabled).toBe(true);
    const seen = serve({ [`POST ${PATH}/closure`]: json({ ...MARKING, state: "CLOSED" }) });
    const { root } = await open(MarkingProgress, { sessionId: "s-1", marking: MARKING }, ["OFFICE"]);
    await root.get(".buttons button").trigger("click");
    await flushPromises();
    expect(seen.map((request) => request.method)).toContain("POST");
  });
});
