// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { h } from "vue";

import { type Answers, json, ME, refused, serve } from "@/api/testing";

let answers: Answers;
let page: VueWrapper;

/** Mount the examiner's gate in Chinese, with a line of work behind it. */
async function open(): Promise<void> {
  vi.resetModules();
  localStorage.setItem("examsvc.language", "zh-CN");
  const [{ createLanguages }, gate] = await Promise.all([import("@/i18n"), import("./StaffGate.vue")]);
  const plugins = [createLanguages({ "zh-CN": {}, en: {} })];
  page = mount(gate.default, {
    props: { entry: "examiner" },
    slots: { default: () => h("p", { class: "work" }, "86.5") },
    global: { plugins },
    attachTo: document.body,
  });
  await flushPromises();
}

async function logIn(username: string, password: string): Promise<void> {
  await page.get("input[name=username]").setValue(username);
  await page.get("input[name=password]").setValue(password);
  await page.get("form").trigger("submit");
  await flushPromises();
}

const hasWork = (): boolean => page.find(".work").exists();

beforeEach(() => {
  answers = { "GET /api/me": refused("not_logged_in", 401), "POST /api/login": json(ME) };
  serve(answers);
});

afterEach(() => {
  page.unmount();
  vi.unstubAllGlobals();
});

describe("the gate before the staff's pages", () => {
  it("asks for a login, then opens", async () => {
    await open();
    expect(page.find("form").exists()).toBe(true);
    expect(hasWork()).toBe(false);
    await logIn("zhang", "secret");
    expect(hasWork()).toBe(true);
  });

  it("says in the page's language why a login was refused, and forgets the password", async () => {
    answers["POST /api/login"] = refused("too_many_attempts", 429, { retry_after: 30 });
    await open();
    await logIn("zhang", "wrong");
    expect(page.get("[role=alert]").text()).toContain("30 秒");
    expect(page.get<HTMLInputElement>("input[name=password]").element.value).toBe("");
  });

  it("asks the server nothing before both fields are filled in", async () => {
    await open();
    answers["POST /api/login"] = new Error("was asked");
    await logIn(" ", "");
    expect(page.findAll("[aria-invalid=true]")).toHaveLength(2);
    expect(page.find("[role=alert]").exists()).toBe(false);
  });

  it("tells somebody with other roles where they may work", async () => {
    answers["GET /api/me"] = json({ ...ME, roles: ["PROCTOR"] });
    await open();
    expect(hasWork()).toBe(false);
    expect(page.text()).toContain("张伟（监考员）");
    expect(page.findAll("a").map((link) => link.attributes("href"))).toEqual(["/wall/"]);
  });

  it("keeps the work on the page while it asks for a new login", async () => {
    answers["GET /api/me"] = json(ME);
    await open();
    const { loadMe } = await import("@/api/session");
    answers["GET /api/me"] = refused("not_logged_in", 401);
    await loadMe();
    await flushPromises();
    expect(hasWork()).toBe(true);
    expect(page.get<HTMLDialogElement>("dialog").element.open).toBe(true);
    await logIn("zhang", "secret");
    expect(page.get<HTMLDialogElement>("dialog").element.open).toBe(false);
    expect(hasWork()).toBe(true);
  });

  it("offers to try again when the server cannot be reached", async () => {
    answers["GET /api/me"] = new TypeError("Failed to fetch");
    await open();
    answers["GET /api/me"] = json(ME);
    await page.get("button").trigger("click");
    await flushPromises();
    expect(hasWork()).toBe(true);
  });
});
