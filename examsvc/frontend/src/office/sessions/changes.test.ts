// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, expect, it } from "vitest";

import { json, refused, serve } from "@/api/testing";

import { show } from "../items/testing";
import EnrolmentTable from "./EnrolmentTable.vue";
import { WANG } from "./testing";

const NAME = "PUT /api/exam-sessions/s/enrolments/e/name";
const WITHDRAWAL = "POST /api/exam-sessions/s/enrolments/e/withdrawal";

let page: VueWrapper;
afterEach(() => page.unmount());

function list(isDraft: boolean, more: object = {}): VueWrapper {
  page = show(EnrolmentTable, { sessionId: "s", draw: null, conditions: [], enrolments: [{ ...WANG, ...more }], mayChange: true, isDraft });
  return page;
}

async function press(word: string): Promise<void> {
  await page.findAll("tbody button").find((button) => button.text() === word)!.trigger("click");
}

async function answer(): Promise<void> {
  await page.get("dialog form").trigger("submit");
  await flushPromises();
}

it("an enrolment of a published session is withdrawn with a reason alone", async () => {
  const seen = serve({ [WITHDRAWAL]: new Response(null, { status: 204 }) });
  list(false);
  await press("Withdraw");
  await answer();
  expect([seen.length, page.get("dialog > .stack").text()]).toEqual([0, expect.stringContaining("This is required")]);
  await page.get("dialog textarea").setValue("Imported twice");
  await answer();
  expect(await seen[0]!.json()).toEqual({ reason: "Imported twice" });
  expect(page.find("dialog > .stack").exists()).toBe(false);
});

it("out of a draft it is withdrawn without one", async () => {
  const seen = serve({ [WITHDRAWAL]: new Response(null, { status: 204 }) });
  list(true);
  await press("Withdraw");
  await answer();
  expect(await seen[0]!.json()).toEqual({ reason: "" });
});

it("who has come is not offered to be withdrawn, and what the server refuses is told", async () => {
  serve({ [WITHDRAWAL]: refused("enrolment_stands", 409) });
  list(false, { state: "IN_PROGRESS" });
  expect(page.text()).not.toContain("Withdraw");
  page.unmount();
  list(false);
  await press("Withdraw");
  await page.get("dialog textarea").setValue("Imported twice");
  await answer();
  expect(page.get("dialog > .stack").text()).toContain("cannot be withdrawn");
});

it("a name is corrected from what it is, with the reason", async () => {
  const seen = serve({ [NAME]: json({}) });
  list(false, { state: "HANDED_IN" });
  await press("Correct name");
  const field = page.get<HTMLInputElement>("dialog input");
  expect(field.element.value).toBe("Wang");
  await field.setValue("Wáng");
  await page.get("dialog textarea").setValue("Misspelt");
  await answer();
  expect(await seen[0]!.json()).toEqual({ name: "Wáng", reason: "Misspelt" });
  expect(page.find("dialog > .stack").exists()).toBe(false);
});
