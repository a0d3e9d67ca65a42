// @vitest-environment happy-dom
import { mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EffectScope, effectScope } from "vue";

import { createLanguages } from "@/i18n";
import common from "@/i18n/zh-CN/common.json";
import { resetDisplay } from "@/shared/display";
import DisplayMenu from "@/shared/DisplayMenu.vue";

import { useKeys } from "./useKeys";

let menu: VueWrapper;
let scope: EffectScope;
let done: string[];

const show = (props: { hasKeys?: boolean }): VueWrapper =>
  mount(DisplayMenu, { props, global: { plugins: [createLanguages({ "zh-CN": { common }, en: {} })] } });

/** What the paper does at each of the keys. */
function press(...keys: string[]): string[] {
  done = [];
  for (const key of keys) dispatchEvent(new KeyboardEvent("keydown", { key }));
  return done;
}

beforeEach(() => {
  localStorage.setItem("examsvc.language", "zh-CN");
  resetDisplay();
  menu = show({ hasKeys: true });
  scope = effectScope();
  const place = { question: { value: null }, step: (by: number) => done.push(by > 0 ? "next" : "previous") };
  const keys = { isActive: () => true, place, exam: {}, help: () => done.push("help") };
  scope.run(() => useKeys(keys as unknown as Parameters<typeof useKeys>[0]));
});

afterEach(() => {
  scope.stop();
  menu.unmount();
  resetDisplay();
});

describe("single characters as keys of the paper", () => {
  it("are switched off and on in the display's menu; arrows and pages stay", async () => {
    expect(press("j", "?", "PageUp")).toEqual(["next", "help", "previous"]);
    await menu.get("input[value=off]").setValue();
    expect(press("j", "k", "?", "ArrowRight", "PageUp")).toEqual(["next", "previous"]);
    await menu.get("input[value=on]").setValue();
    expect(press("k", "?")).toEqual(["previous", "help"]);
  });

  it("are no question on pages that have no such keys", () => {
    const other = show({});
    expect([other.text().includes("单键快捷键"), menu.text().includes("单键快捷键")]).toEqual([false, true]);
    other.unmount();
  });
});
