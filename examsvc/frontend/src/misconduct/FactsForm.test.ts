// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import en from "@/i18n/en/misconduct.json";
import zhCN from "@/i18n/zh-CN/misconduct.json";

import FactsForm from "./FactsForm.vue";
import type { MisconductClass } from "./types";

const classes = [{ kind: "SERIOUS", source: "" }] as unknown as MisconductClass[];
const messages = { "zh-CN": { misconduct: zhCN }, en: { misconduct: en } };

function form(send: (id: string) => Promise<unknown>): ReturnType<typeof mount> {
  const props = { classes, place: "一号机房", at: "2026-11-23T09:12:00", send: (_facts: unknown, id: string) => send(id) };
  return mount(FactsForm, { props, global: { plugins: [createLanguages(messages)] } });
}

it("is sent once by two clicks", async () => {
  const sent: string[] = [];
  const never = new Promise(() => undefined);
  const shown = form((id) => (sent.push(id), never));
  await shown.get("textarea").setValue("查看手机");
  void shown.get("form").trigger("submit");
  await shown.get("form").trigger("submit");
  expect(sent).toHaveLength(1);
});

it("is sent again under the same id when the answer was lost, and under another when it is opened anew", async () => {
  const sent: string[] = [];
  const lost = (id: string): Promise<never> => (sent.push(id), Promise.reject(new TypeError("no network")));
  for (const shown of [form(lost), form(lost)]) {
    await shown.get("textarea").setValue("查看手机");
    for (let tries = 0; tries < 2; tries++) {
      await shown.get("form").trigger("submit");
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const [first, again, other, otherAgain] = sent;
  expect([first, other]).toEqual([again, otherAgain]);
  expect(first).not.toBe(other);
});
