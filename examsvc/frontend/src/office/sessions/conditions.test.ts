// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, expect, it } from "vitest";

import { json, serve } from "@/api/testing";

import { show } from "../items/testing";
import EnrolForm from "./EnrolForm.vue";
import EnrolmentTable from "./EnrolmentTable.vue";
import ImportPanel from "./ImportPanel.vue";
import { WANG } from "./testing";

const CONDITIONS = ["Working age", "Student"];

let page: VueWrapper;
afterEach(() => page.unmount());

const optionsOf = (root: VueWrapper): string[] => root.findAll("option").map((option) => option.text());

it("who is enrolled states one of the session's conditions, each anew", async () => {
  const seen = serve({ "POST /api/exam-sessions/s/enrolments": json({ enrolment_id: "e" }) });
  page = show(EnrolForm, { sessionId: "s", conditions: CONDITIONS });
  expect(optionsOf(page)).toEqual(expect.arrayContaining(["1. Working age", "2. Student"]));
  const condition = page.findAll("select")[1]!;
  await condition.setValue("2");
  await page.get("form").trigger("submit");
  await flushPromises();
  expect(await seen[0]!.json()).toMatchObject({ condition_number: 2 });
  await page.get("form").trigger("submit");
  await flushPromises();
  expect(await seen[1]!.json()).toMatchObject({ condition_number: null });
});

it("a session without conditions asks for none", () => {
  serve({});
  page = show(EnrolForm, { sessionId: "s", conditions: [] });
  expect(page.text()).not.toContain("Application condition");
});

it("the list shows what is stated and what is missing, and the office fills it in", async () => {
  const seen = serve({ "PUT /api/exam-sessions/s/enrolments/e/condition": json({}) });
  const enrolments = [WANG, { ...WANG, enrolment_id: "f", name: "Li", condition_number: 1 }];
  page = show(EnrolmentTable, { sessionId: "s", draw: null, conditions: CONDITIONS, enrolments, mayChange: true });
  const [wang, li] = page.findAll("tbody tr");
  expect(wang!.text()).toContain("Not stated");
  expect(li!.get("[title='Working age']").text()).toBe("1");
  await wang!.findAll("button").find((button) => button.text() === "Fill in")!.trigger("click");
  await page.get("dialog form").trigger("submit");
  expect([seen.length, page.get("dialog").text()]).toEqual([0, expect.stringContaining("This is required")]);
  await page.get("dialog select").setValue("2");
  await page.get("dialog form").trigger("submit");
  await flushPromises();
  expect(await seen[0]!.json()).toEqual({ condition_number: 2 });
});

it("a workbook may add conditions alone", async () => {
  const row = { row: 2, name: "Wang", identity_masked: "", outcome: "warning", code: "condition_added", detail: "", extra: {}, photo: null, photo_faults: [] };
  serve({ "POST /api/exam-sessions/s/enrolments/import": json({ rows: [row], errors: 0, enrolled: 0, unmatched: [], photos: 0, stated: 0 }) });
  page = show(ImportPanel, { sessionId: "s" });
  const workbook = page.get<HTMLInputElement>("input[accept='.xlsx']");
  Object.defineProperty(workbook.element, "files", { configurable: true, value: [new File(["x"], "w.xlsx")] });
  await workbook.trigger("change");
  await page.findAll("button").find((button) => button.text() === "Check")!.trigger("click");
  await flushPromises();
  expect(page.text()).toContain("the application condition is put on record");
  expect(page.text()).toContain("Enrol 0, give 0 photos, put 1 conditions on record");
});
