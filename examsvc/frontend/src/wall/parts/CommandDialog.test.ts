// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import en from "@/i18n/en/wall.json";
import zhCN from "@/i18n/zh-CN/wall.json";

import type { Tile } from "../types";
import CommandDialog from "./CommandDialog.vue";

const messages = { "zh-CN": { wall: zhCN }, en: { wall: en } };

function tile(answered: number): Tile {
  return { sitting_id: "s-1", seat_number: 1, name: "林悦", answered_count: answered } as unknown as Tile;
}

it("keeps the reason being typed while the candidate's tile goes on changing", async () => {
  const props = { kind: "PAUSE" as const, tile: tile(1), give: () => Promise.resolve() };
  const dialog = mount(CommandDialog, { props, global: { plugins: [createLanguages(messages)] } });
  await dialog.get("textarea").setValue("更换键盘");
  await dialog.setProps({ tile: tile(2) });
  expect(dialog.get("textarea").element.value).toBe("更换键盘");
  await dialog.setProps({ tile: { ...tile(2), sitting_id: "s-2" } });
  expect(dialog.get("textarea").element.value).toBe("");
});
