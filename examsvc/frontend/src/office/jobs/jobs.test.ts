// @vitest-environment happy-dom

import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";

import { type Answers, json, refused, serve } from "@/api/testing";
import { createLanguages } from "@/i18n";
import { areasOf } from "@/i18n/areas";
import en from "@/i18n/en/office.json";

import JobProgress from "./JobProgress.vue";
import RecentJobs from "./RecentJobs.vue";
import type { Job } from "./server";

const WAITING: Job = {
  job_id: "j-1",
  kind: "DRAW",
  label: "Blueprint",
  about: "b-1",
  state: "WAITING",
  step: "PREPARING",
  done: 0,
  total: 0,
  asked_at: "2026-11-23T01:00:00Z",
  cancel_asked_at: null,
  ended_at: null,
  refusal: null,
  result: null,
};
const RUNNING: Job = { ...WAITING, state: "RUNNING", done: 40, total: 100 };
const DONE: Job = { ...RUNNING, state: "DONE", step: "WRITING", done: 100, result: { bank_id: "b-1", draw_id: "d-1", count: 100 } };

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.setItem("examsvc.language", "en");
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function shown(component: object, props: object) {
  const words = { "zh-CN": {}, en: { office: { ...en, ...areasOf("en") } } };
  const page = { render: () => null };
  const routes = [
    { path: "/", component: page },
    { path: "/banks/:bankId/papers", name: "papers", component: page },
  ];
  const router = createRouter({ history: createMemoryHistory(), routes });
  return mount(defineComponent({ render: () => h(component, props) }), { global: { plugins: [createLanguages(words), router] } });
}

async function aSecond(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_000);
  await flushPromises();
}

describe("a job", () => {
  it("is followed every second until it has ended, and its end is told once", async () => {
    const answers: Answers = { "GET /api/jobs/j-1": json(RUNNING) };
    const seen = serve(answers);
    const ended = vi.fn();
    const root = shown(JobProgress, { given: WAITING, onEnded: ended });
    expect(root.text()).toContain("Waiting for its turn");
    expect(root.get("progress").attributes("value")).toBeUndefined();
    await aSecond();
    expect(root.text()).toContain("Drawing and checking");
    expect(root.text()).toContain("40 of 100");
    expect(root.get("progress").attributes()).toMatchObject({ value: "40", max: "100" });
    answers["GET /api/jobs/j-1"] = json(DONE);
    await aSecond();
    expect(root.text()).toContain("Done");
    expect(root.find("progress").exists()).toBe(false);
    await aSecond();
    expect(ended).toHaveBeenCalledOnce();
    expect(seen).toHaveLength(2);
  });

  it("goes on being followed after the connection was lost", async () => {
    const answers: Answers = { "GET /api/jobs/j-1": new TypeError("offline") };
    serve(answers);
    const root = shown(JobProgress, { given: RUNNING });
    await aSecond();
    answers["GET /api/jobs/j-1"] = json(DONE);
    await aSecond();
    expect(root.text()).toContain("Done");
  });

  it("shows only that there is life while it writes and nothing is counted", async () => {
    const root = shown(JobProgress, { given: { ...RUNNING, step: "WRITING", done: 0 } });
    expect(root.text()).toContain("Storing the papers");
    expect(root.get("progress").attributes("value")).toBeUndefined();
  });

  it("is called off, and what the server does not allow is said", async () => {
    const answers: Answers = { "POST /api/jobs/j-1/cancel": json({ ...RUNNING, cancel_asked_at: "2026-11-23T01:00:01Z" }) };
    serve(answers);
    const root = shown(JobProgress, { given: RUNNING });
    await root.get("button").trigger("click");
    await flushPromises();
    expect(root.text()).toContain("Being cancelled");
    expect(root.find("button").exists()).toBe(false);
    answers["POST /api/jobs/j-1/cancel"] = refused("job_over", 409);
    const late = shown(JobProgress, { given: RUNNING });
    await late.get("button").trigger("click");
    await flushPromises();
    expect(late.text()).toContain("The job has ended already");
  });

  it("says in words why it was refused", () => {
    const refusal = { code: "exposure_exhausted", detail: "said in English", number: 7 };
    const root = shown(JobProgress, { given: { ...RUNNING, state: "REFUSED", refusal } });
    expect(root.text()).toContain("Not possible");
    expect(root.text()).not.toContain("said in English");
    expect(root.text()).toContain("7");
  });

  it("is found again by whoever comes back, with the way to its result", async () => {
    const older = { ...DONE, job_id: "j-0", label: "Older" };
    const seen = serve({ "GET /api/jobs": json({ items: [DONE, { ...RUNNING, job_id: "j-2", label: "Another" }, older] }) });
    const root = shown(RecentJobs, { kind: "DRAW", about: "b-1" });
    await flushPromises();
    expect(new URL(seen[0]?.url ?? "").search).toBe("?kind=DRAW&about=b-1");
    expect(root.findAll("section")).toHaveLength(2);
    expect(root.text()).not.toContain("Older");
    expect(root.get("a").attributes("href")).toBe("/banks/b-1/papers");
  });
});
