// @vitest-environment happy-dom
import { mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import words from "@/i18n/zh-CN/candidate.json";

import ToolTray from "./ToolTray.vue";

let tray: VueWrapper;

const place = (): HTMLElement => document.querySelector<HTMLElement>(".place")!;
const isShown = (): boolean => getComputedStyle(place()).display !== "none";

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem("examsvc.language", "zh-CN");
  tray = mount(ToolTray, {
    props: { sittingId: "s-1", hasCalculator: true, isCovered: false },
    global: { plugins: [createLanguages({ "zh-CN": { candidate: words }, en: {} })] },
    attachTo: document.body,
  });
});

afterEach(() => tray.unmount());

describe("a tool beside the paper", () => {
  it.each(["计算器", "草稿"])("%s is out of reach while the paper is covered, and there again as it was", async (name) => {
    await tray.findAll("button").find((button) => button.text() === name)!.trigger("click");
    const panel = place().firstElementChild;
    expect(isShown()).toBe(true);
    await tray.setProps({ isCovered: true });
    expect(isShown()).toBe(false);
    await tray.setProps({ isCovered: false });
    expect([isShown(), place().firstElementChild === panel]).toEqual([true, true]);
  });
});
