// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";

import { json, serve } from "@/api/testing";

import { show } from "../items/testing";
import { emptyPlan, type Plan, planOf } from "./plan";
import SessionForm from "./SessionForm.vue";

/** What is typed in, chosen or follows: all else is a setting with a default, and a default has a source. */
const TYPED = new Set<keyof Plan>(["code", "title", "place", "filing_id", "paper_id", "draw_id", "starts_at", "ends_at", "minutes", "application_conditions"]);
const plan = planOf(emptyPlan());
const settings = (Object.keys(plan) as (keyof Plan)[]).filter((key) => !TYPED.has(key));
const CHOICES = new Set<keyof Plan>(["clock_rule", "navigation", "camera_rule"]);

function unitOf(key: keyof Plan): string {
  if (CHOICES.has(key)) return "CHOICE";
  return typeof plan[key] === "boolean" ? "FLAG" : "MINUTES";
}

const rules = settings.map((key) => {
  const source = { founded: "OWN", source_zh: "", source_en: `The source of ${key}.` };
  return { key, default: plan[key], practical: null, has_practical: false, unit: unitOf(key), ...source };
});
const filing = { id: "f", number: "1", organisation: "O", scheme: "S", specification_id: "s", theory_minutes: 60, valid_from_on: "2026-01-01", valid_to_on: "2028-12-31" };

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: SessionForm }] });
let page: VueWrapper;
beforeEach(() => {
  serve({
    "GET /api/exam-sessions/rules": json({ items: rules }),
    "GET /api/exam-sessions/choices": json({ filings: [filing], papers: [], draws: [] }),
  });
});
afterEach(() => page.unmount());

it("each setting of a session, and its conditions of application, are shown with their source", async () => {
  page = show(SessionForm, { start: emptyPlan(), session: null }, [router]);
  await flushPromises();
  const shown = page.text();
  expect(shown).toContain("the notice is silent");
  expect(settings.filter((key) => !shown.includes(`The source of ${key}.`))).toEqual([]);
});

it("the hint of the clock says what becomes of who comes late", async () => {
  page = show(SessionForm, { start: { ...emptyPlan(), lateExtends: true }, session: null }, [router]);
  await flushPromises();
  expect(page.text()).toContain("has the full time from then on");
  expect(page.text()).not.toContain("who comes late has less time");
});
