// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Answers, json, ME, refused, serve } from "@/api/testing";
import candidate from "@/i18n/zh-CN/candidate.json";

let answers: Answers;
let page: VueWrapper;

const proof = (): string => page.get<HTMLInputElement>("input[name=proof]").element.value;

async function logIn(): Promise<void> {
  await page.get("input[name=ticket]").setValue("20261123000101");
  await page.get("input[name=proof]").setValue("12003X");
  await page.get("form").trigger("submit");
  await flushPromises();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  vi.resetModules();
  localStorage.setItem("examsvc.language", "zh-CN");
  answers = {};
  serve(answers);
  const [{ createLanguages }, form] = await Promise.all([import("@/i18n"), import("./TicketForm.vue")]);
  page = mount(form.default, { global: { plugins: [createLanguages({ "zh-CN": { candidate }, en: {} })] }, attachTo: document.body });
});

afterEach(() => {
  page.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the ticket's form", () => {
  it("keeps what was typed while many log in, and sends it again by itself", async () => {
    answers["POST /api/candidate/login"] = refused("overloaded", 503, { retry_after: 3 });
    await logIn();
    expect(page.get("[role=alert]").text()).toContain("3 秒后自动重试");
    expect(proof()).toBe("12003X");
    answers["POST /api/candidate/login"] = json(ME);
    await vi.advanceTimersByTimeAsync(3_000);
    await flushPromises();
    expect(page.find("[role=alert]").exists()).toBe(false);
    const { session } = await import("@/api/session");
    expect(session.status).toBe("in");
  });

  it("forgets the language of whoever sat here before when somebody else logs in over the page, and keeps one's own", async () => {
    const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
    answers["POST /api/candidate/login"] = json(ME);
    await logIn();
    await logIn();
    expect([localStorage.getItem("examsvc.language"), reload.mock.calls.length]).toEqual(["zh-CN", 0]);
    answers["POST /api/candidate/login"] = json({ ...ME, account_id: "b-2" });
    await logIn();
    expect([localStorage.getItem("examsvc.language"), reload.mock.calls.length]).toEqual([null, 1]);
  });

  it("forgets the digits after too many attempts, and sends nothing by itself", async () => {
    answers["POST /api/candidate/login"] = refused("too_many_attempts", 429, { retry_after: 2 });
    await logIn();
    expect(page.get("[role=alert]").text()).toContain("2 秒");
    answers["POST /api/candidate/login"] = new Error("was asked");
    await vi.advanceTimersByTimeAsync(5_000);
    expect([page.find("[role=alert]").exists(), proof()]).toEqual([false, ""]);
  });
});
