// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import en from "@/i18n/en/wall.json";
import zhCN from "@/i18n/zh-CN/wall.json";

import { type Given, isDone } from "../link/useCommands";
import GivenCommands from "./GivenCommands.vue";

const messages = { "zh-CN": { wall: zhCN }, en: { wall: en } };

function given(numbers: Partial<Given["view"]>): Given {
  const view = { id: "c-1", kind: "PAUSE", text: "消防演练", reached: 200, shown: 200, reopened: 0, left_out: 0, waiting: 0, ...numbers };
  return { view: view as Given["view"], whom: "全体", givenAt: 0 };
}

function line(one: Given): string {
  return mount(GivenCommands, { props: { given: [one] }, global: { plugins: [createLanguages(messages)] } }).get("summary").text();
}

it("says how many an order for many has come to while the rest waits", () => {
  expect(line(given({ left_out: 10, waiting: 4790 }))).toMatch(/210\D+5000/);
  expect(line(given({ left_out: 10 }))).not.toContain("5000");
});

it("is not done before an order came to everybody and every page has shown it", () => {
  expect([given({}), given({ waiting: 1 }), given({ shown: 199 })].map(isDone)).toEqual([true, false, false]);
});
