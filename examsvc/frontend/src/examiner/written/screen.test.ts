// @vitest-environment happy-dom

import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";

import { json, serve } from "@/api/testing";
import { createLanguages } from "@/i18n";
import en from "@/i18n/en/examiner.json";
import enQuestion from "@/i18n/en/question.json";
import zh from "@/i18n/zh-CN/examiner.json";
import zhQuestion from "@/i18n/zh-CN/question.json";
import { withDoctype } from "@/question/mounting";

import WrittenQuestionPage from "../pages/WrittenQuestionPage.vue";

const SESSION = "s-1";
const VERSION = "v-1";
const line = (id: string, value: number | null = null) => ({ answer_id: id, code: id.toUpperCase(), part: "", value, note: "", is_decided: false });
const part = { part: "", stem: "简述", media: [], most: 500, length: null, reference: "参考要点", guide: ["得分点甲"] };
const QUESTION = {
  version_id: VERSION, number: 3, points: 500, duty: "MARKER", stem: "简述", media: [], parts: [part], answers: [line("a1"), line("a2")],
};
const answer = (id: string, value: number | null = null) => {
  return { ...line(id, value), text: `作答 ${id}`, answer_digest: "d".repeat(64), most: 500, step: 50, marking_state: "OPEN", duty: "MARKER", given: [] };
};
const server = {
  [`GET /api/marker/sessions/${SESSION}/questions/${VERSION}`]: json(QUESTION),
  "GET /api/written-answers/a1": json(answer("a1")),
  "GET /api/written-answers/a2": json(answer("a2")),
};

async function open() {
  withDoctype();
  localStorage.setItem("examsvc.language", "zh-CN");
  const page = { template: "<i />" };
  const routes = [{ path: "/", name: "home", component: page }, { path: "/written/:id", name: "written", component: page }];
  const router = createRouter({ history: createMemoryHistory(), routes });
  const languages = createLanguages({ "zh-CN": { examiner: zh, question: zhQuestion }, en: { examiner: en, question: enQuestion } });
  const root = mount(WrittenQuestionPage, {
    props: { id: SESSION, versionId: VERSION },
    global: { plugins: [languages, router] },
    attachTo: document.body,
  });
  await flushPromises();
  return root;
}

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

describe("a marker's screen", () => {
  it("shows guide and answer by code, keeps a typed mark with Enter and goes on to the next", async () => {
    const seen = serve({ ...server, "PUT /api/written-answers/a1/mark": json(answer("a1", 450)) });
    const root = await open();
    expect(root.text()).toContain("参考要点");
    expect(root.text()).toContain("作答 a1");
    await root.get("input[inputmode=decimal]").setValue("4.5");
    await root.get("form").trigger("submit");
    await flushPromises();
    const sent = seen.find((request) => request.method === "PUT");
    expect(await sent?.json()).toMatchObject({ value: 450, note: "", answer_digest: "d".repeat(64) });
    expect(root.text()).toContain("作答 a2");
    expect(root.text()).toContain("已评 1 / 2");
    root.unmount();
  });

  it("says that a mark is not saved while the network is away, and sends the same event again", async () => {
    const answers: Parameters<typeof serve>[0] = { ...server, "PUT /api/written-answers/a1/mark": new TypeError("offline") };
    const seen = serve(answers);
    const root = await open();
    await root.get("input[type=radio][value='300']").trigger("change");
    await flushPromises();
    expect(root.text()).toContain("尚未保存");
    answers["PUT /api/written-answers/a1/mark"] = json(answer("a1", 300));
    dispatchEvent(new Event("online"));
    await flushPromises();
    expect(root.text()).not.toContain("尚未保存");
    const events = await Promise.all(seen.filter((request) => request.method === "PUT").map((request) => request.clone().json()));
    expect(new Set(events.map((event: { event_id: string }) => event.event_id)).size).toBe(1);
    expect(events.length).toBe(2);
    root.unmount();
  });

  it("refuses a value between two steps before it is sent", async () => {
    const seen = serve(server);
    const root = await open();
    await root.get("input[inputmode=decimal]").setValue("4.2");
    await root.get("form").trigger("submit");
    expect(root.get("[role=alert]").text()).toContain("间隔");
    expect(seen.filter((request) => request.method === "PUT")).toEqual([]);
    root.unmount();
  });
});
