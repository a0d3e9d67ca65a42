// @vitest-environment happy-dom
import { mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import words from "@/i18n/zh-CN/candidate.json";

import SpokenTime from "./SpokenTime.vue";

const MINUTE = 60_000;
let spoken: VueWrapper;

/** What a screen reader is told of the kind. */
const heard = (kind: "polite" | "assertive"): string => spoken.get(`[aria-live=${kind}]`).text();
const pass = (left: number): Promise<void> => spoken.setProps({ left });

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

  it("says an extension at once", async () => {
    await spoken.setProps({ extension: "考试时间延长 5 分钟。" });
    expect(heard("assertive")).toBe("考试时间延长 5 分钟。");
  });
});
