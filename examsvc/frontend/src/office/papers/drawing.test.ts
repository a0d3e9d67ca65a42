// @vitest-environment happy-dom

import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Answers, json, serve } from "@/api/testing";

import { BANK, open } from "../imports/testing";
import BlueprintListPage from "./BlueprintListPage.vue";

const JOB = {
  job_id: "j-1",
  kind: "DRAW",
  label: "Blueprint",
  about: "b-1",
  state: "RUNNING",
  step: "PREPARING",
  done: 700,
  total: 3000,
  asked_at: "2026-11-23T01:00:00Z",
  cancel_asked_at: null,
  ended_at: null,
  refusal: null,
  result: null,
};
const BLUEPRINT = { blueprint_id: "p-1", bank_id: "b-1", name: "Blueprint", rows: [], rules: null, created_at: "2026-11-23T01:00:00Z" };

beforeEach(() => {
  vi.useFakeTimers();
  // happy-dom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("drawing a form for each candidate", () => {
  it("is asked for in the dialog, followed there and on the page, and leads to the papers", async () => {
    const answers: Answers = {
      "GET /api/banks/b-1": json(BANK),
      "GET /api/banks/b-1/blueprints": json({ items: [BLUEPRINT] }),
      "GET /api/jobs": json({ items: [] }),
      "POST /api/blueprints/p-1/paper-sets": json({ ...JOB, state: "WAITING", done: 0, total: 0 }, 202),
      "GET /api/jobs/j-1": json(JOB),
    };
    const seen = serve(answers);
    const { root, router } = await open(BlueprintListPage, {}, ["OFFICE"]);
    await root.get(".head button").trigger("click");
    await root.get("input[value=INDIVIDUAL]").setValue(true);
    const count = root.get<HTMLInputElement>("dialog input[type=number]");
    expect(count.attributes("max")).toBe("5000");
    await count.setValue(3000);
    answers["GET /api/jobs"] = json({ items: [JOB] });
    await root.get("dialog form").trigger("submit");
    await flushPromises();
    const sent = await seen.find(({ url }) => url.endsWith("/paper-sets"))?.json();
    expect(sent).toEqual({ seed: null, kind: "INDIVIDUAL", count: 3000, overlap: 0 });
    await vi.advanceTimersByTimeAsync(1_000);
    await flushPromises();
    expect(root.get("dialog").text()).toContain("700 of 3000");
    expect(root.findAll("progress")).toHaveLength(2);
    answers["GET /api/jobs/j-1"] = json({ ...JOB, state: "DONE", done: 3000, result: { bank_id: "b-1", paper_id: "x-1", count: 3000 } });
    await vi.advanceTimersByTimeAsync(1_000);
    await flushPromises();
    expect(router.currentRoute.value.name).toBe("papers");
  });
});
