import { describe, expect, it, vi } from "vitest";

import { isSafeBrowser, type Page, readKeys, type Security, settingsLinks } from "./keys";

const CONFIG = "ab".repeat(32);
const EXAM = "0F".repeat(32);
const PLAIN = "Mozilla/5.0 Chrome/140.0";

/** A page in a browser; `wait` counts, and `at` changes the page after so many waits. */
function pageWith(security?: Security, at: Record<number, (page: { SafeExamBrowser?: object }) => void> = {}) {
  const page = { navigator: { userAgent: PLAIN }, ...(security ? { SafeExamBrowser: { security, version: "SEB_iOS_3.5" } } : {}) };
  let waits = 0;
  const wait = vi.fn((): Promise<void> => {
    waits += 1;
    at[waits]?.(page);
    return Promise.resolve();
  });
  return { page: page as Page, wait };
}

describe("the keys that Safe Exam Browser shows", () => {
  it("are there at once in newer versions", async () => {
    const { page, wait } = pageWith({ configKey: CONFIG, browserExamKey: EXAM });
    expect(await readKeys(page, wait)).toEqual({ config_key: CONFIG, browser_exam_key: EXAM, version: "SEB_iOS_3.5" });
    expect(wait).not.toHaveBeenCalled();
  });

  it("are filled in after they were asked for in older ones", async () => {
    const security: Security = { configKey: "", browserExamKey: "" };
    const updateKeys = vi.fn((done: () => void) => setTimeout(() => ((security.configKey = CONFIG), done())));
    const { page } = pageWith({ ...security, updateKeys });
    Object.assign(page.SafeExamBrowser!, { security: Object.assign(security, { updateKeys }) });
    const shown = await readKeys(page, () => new Promise((resume) => setTimeout(resume)));
    expect(shown).toMatchObject({ config_key: CONFIG, browser_exam_key: null });
    expect(updateKeys).toHaveBeenCalledTimes(1);
  });

  it("come although the interface appears late and never says that it is done", async () => {
    const late = { security: { configKey: CONFIG, updateKeys: () => undefined }, version: "v" };
    const { page, wait } = pageWith(undefined, { 3: (one) => (one.SafeExamBrowser = late) });
    expect((await readKeys(page, wait)).config_key).toBe(CONFIG);
  });

  it("are none in another browser, or where the settings show none", async () => {
    const none = { config_key: null, browser_exam_key: null };
    const other = pageWith();
    expect(await readKeys(other.page, other.wait)).toMatchObject({ ...none, version: "" });
    expect(other.wait).toHaveBeenCalledTimes(60);
    const silent = pageWith({ configKey: "", browserExamKey: "null" });
    expect(await readKeys(silent.page, silent.wait)).toMatchObject(none);
  });
});

describe("a page", () => {
  it.each([
    [PLAIN, undefined, false],
    [`${PLAIN} SEB/3.8.0`, undefined, true],
    [PLAIN, {}, true],
    ["Mozilla/5.0 MSEB/1", undefined, false],
  ])("with %s and %j says whether it is in Safe Exam Browser: %s", (userAgent, SafeExamBrowser, said) => {
    expect(isSafeBrowser({ navigator: { userAgent }, SafeExamBrowser })).toBe(said);
  });

  it("starts the browser by an address of its own, encrypted where the page is", () => {
    expect(settingsLinks("https://a.cn", "id")).toEqual({
      open: "sebs://a.cn/api/safe-browser/id.seb",
      file: "https://a.cn/api/safe-browser/id.seb",
    });
    expect(settingsLinks("http://127.0.0.1:8000", "id").open).toBe("seb://127.0.0.1:8000/api/safe-browser/id.seb");
  });
});
