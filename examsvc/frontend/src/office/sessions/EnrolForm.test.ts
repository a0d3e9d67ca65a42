// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, expect, it } from "vitest";

import { json, serve } from "@/api/testing";

import { show } from "../items/testing";
import EnrolForm from "./EnrolForm.vue";

const PHOTO = "PUT /api/exam-sessions/s/enrolments/e/photo";

let page: VueWrapper;
afterEach(() => page.unmount());

async function enrol(name: string): Promise<void> {
  const [field] = page.findAll("input");
  await field!.setValue(name);
  const photo = page.get<HTMLInputElement>("input[type=file]").element;
  const files = [new File(["jpeg"], "photo.jpg", { type: "image/jpeg" })];
  Object.defineProperty(photo, "files", { configurable: true, value: files });
  await page.get("form").trigger("submit");
  await flushPromises();
}

it("says what a person should look at in the photo, until the next one is enrolled", async () => {
  const answers = {
    "POST /api/exam-sessions/s/enrolments": json({ enrolment_id: "e" }),
    [PHOTO]: json({ enrolment: {}, faults: ["FEW_BYTES", "NOT_WHITE"] }),
  };
  serve(answers);
  page = show(EnrolForm, { sessionId: "s", conditions: [] });
  await enrol("Wang");
  const note = page.get("[role=status]").text();
  expect(note).toContain("Wang is enrolled");
  expect(note).toContain("smaller than 40 KB");
  expect(note).toContain("does not look white");
  answers[PHOTO] = json({ enrolment: {}, faults: [] });
  await enrol("Li");
  expect(page.find("[role=status]").exists()).toBe(false);
});
