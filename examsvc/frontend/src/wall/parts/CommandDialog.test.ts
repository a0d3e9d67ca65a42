// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { expect, it } from "vitest";

import { createLanguages } from "@/i18n";
import en from "@/i18n/en/wall.json";
import zhCN from "@/i18n/zh-CN/wall.json";

import type { Order } from "../link/useCommands";
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

it("gives a command for a room to the room, and for a candidate to the candidate alone", async () => {
  const meant: unknown[] = [];
  const give = (order: Order, whom: string): Promise<void> => {
    meant.push([order.sitting_id, order.session_room_id, /二号机房|林悦/.exec(whom)?.[0]]);
    return Promise.resolve();
  };
  const room = { id: "r-2", number: 2, name: "二号机房" };
  const props = { kind: "MESSAGE" as const, tile: null as Tile | null, room, give };
  const dialog = mount(CommandDialog, { props, global: { plugins: [createLanguages(messages)] } });
  await dialog.get("textarea").setValue("请保持安静");
  await dialog.get("form").trigger("submit");
  await dialog.setProps({ tile: tile(1) });
  await dialog.get("textarea").setValue("请坐正");
  await dialog.get("form").trigger("submit");
  expect(meant).toEqual([
    [null, "r-2", "二号机房"],
    ["s-1", null, "林悦"],
  ]);
});
