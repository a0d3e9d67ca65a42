// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import words from "@/i18n/zh-CN/candidate.json";

import SpokenTime from "./SpokenTime.vue";

const MINUTE = 60_000;
let spoken: VueWrapper;

/** What a screen reader is told of the kind. */
const heard = (kind: "polite" | "assertive"): string => spoken.get(`[aria-live=${kind}]`).text();

async function change(props: { left: number } | { extension: string }): Promise<void> {
  await spoken.setProps(props);
  await flushPromises();
}

const pass = (left: number): Promise<void> => change({ left });

/** What changes in the region while something happens: a screen reader speaks changes, not what stands there. */
async function changesIn(kind: "polite" | "assertive", work: () => Promise<void>): Promise<string[]> {
  const texts: string[] = [];
  const region = spoken.get(`[aria-live=${kind}]`).element;
  const observer = new MutationObserver(() => texts.push(region.textContent ?? ""));
  observer.observe(region, { childList: true, characterData: true, subtree: true });
  await work();
  observer.disconnect();
  return texts;
}

beforeEach(() => {
  localStorage.setItem("examsvc.language", "zh-CN");
  const plugins = [createLanguages({ "zh-CN": { candidate: words }, en: {} })];
  spoken = mount(SpokenTime, { props: { left: 31 * MINUTE, extension: "" }, global: { plugins } });
});

afterEach(() => spoken.unmount());

describe("the time that is spoken", () => {
  it("is silent between the thresholds", async () => {
    await pass(30.5 * MINUTE);
    expect([heard("polite"), heard("assertive")]).toEqual(["", ""]);
  });

  it("says 30 and 10 minutes politely, 5 and 1 at once", async () => {
    for (const [minutes, kind] of [
      [30, "polite"],
      [10, "polite"],
      [5, "assertive"],
      [1, "assertive"],
    ] as const) {
      await pass((minutes + 0.01) * MINUTE);
      await pass(minutes * MINUTE);
      expect(heard(kind)).toBe(`考试还剩 ${minutes} 分钟。`);
    }
  });

  it("says a threshold again that is passed again after an extension", async () => {
    await pass(9.9 * MINUTE);
    await pass(5 * MINUTE);
    await pass(8 * MINUTE);
    expect(await changesIn("assertive", () => pass(5 * MINUTE))).toContain("考试还剩 5 分钟。");
  });

  it("says an extension at once", async () => {
    await change({ extension: "考试时间延长 5 分钟。" });
    expect(heard("assertive")).toBe("考试时间延长 5 分钟。");
  });
});
