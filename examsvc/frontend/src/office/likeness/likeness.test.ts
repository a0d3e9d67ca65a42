// @vitest-environment happy-dom

import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { json, refused, serve } from "@/api/testing";

import { BANK, open } from "../imports/testing";
import { apartIn } from "./apart";
import DuplicatesPage from "./DuplicatesPage.vue";
import EnemiesPage from "./EnemiesPage.vue";
import EnemyPanel from "./EnemyPanel.vue";

const item = (number: number, family: string | null = null) => ({ item_id: `i-${number}`, code: `C-${number}`, family });
const NOBODY = { pairs: [], families: [] };
const bank = { "GET /api/banks/b-1": json(BANK) };

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

async function press(root: VueWrapper, name: string): Promise<void> {
  const button = root.findAll("button").find((one) => (one.attributes("aria-label") ?? one.text()) === name);
  if (!button) throw new Error(`no button ${name}`);
  await button.trigger(button.attributes("type") === "submit" ? "submit" : "click");
  await flushPromises();
}

it.each([
  ["i-1", "i-2", true],
  ["i-2", "i-1", true],
  ["i-3", "i-4", true],
  ["i-1", "i-3", false],
  ["i-5", "i-6", false],
])("of %s and %s, whether a paper keeps them apart is %s", (one, other, told) => {
  const pairs = [{ item: item(1), other: item(2), reason: "" }];
  expect(apartIn({ pairs, families: [{ family: "F", items: [item(3, "F"), item(4, "F")] }] })(one, other)).toBe(told);
});

describe("an item's enemies and family", () => {
  const told = { item: item(1, "F"), relatives: [item(2, "F")], enemies: [{ item: item(3), reason: "a hint" }] };
  const line = (number: number, version: number) => ({ ...item(number), version_id: `v-${number}-${version}`, number: version, type: "TRUE_FALSE", stem: `Stem ${number}` });
  const show = (roles: string[]) => open(EnemyPanel, { itemId: "i-1", roles: roles as unknown as string }, roles);

  it("finds an item by its text, names each once and leaves out what is known, and makes it an enemy with a reason", async () => {
    const seen = serve({
      "GET /api/items/i-1/enemies": json(told),
      "GET /api/banks/b-1/items": json({ items: [line(1, 1), line(3, 1), line(4, 2), line(4, 1)] }),
      "POST /api/banks/b-1/enemies": json(NOBODY, 201),
    });
    const { root } = await show(["AUTHOR"]);
    await root.get("input[type=search]").setValue("drill");
    await root.get("form[role=search]").trigger("submit");
    await flushPromises();
    expect(root.findAll(".found li strong").map((code) => code.text())).toEqual(["C-4"]);
    await press(root, "Make enemies C-4");
    await root.get("dialog textarea").setValue("the same case");
    await root.get("dialog form").trigger("submit");
    await flushPromises();
    const sent = seen.find(({ method }) => method === "POST");
    expect(await sent?.json()).toEqual({ item_id: "i-1", other_id: "i-4", reason: "the same case" });
    expect(seen.filter(({ url }) => url.endsWith("/i-1/enemies"))).toHaveLength(2);
  });

  it("takes an enemy off, and says so when that is refused", async () => {
    const answers = { "GET /api/items/i-1/enemies": json(told), "DELETE /api/items/i-1/enemies/i-3": refused("not_found", 404) };
    const seen = serve(answers);
    const { root } = await show(["OFFICE"]);
    await press(root, "Reconcile with C-3");
    expect(root.find("[role=alert]").exists()).toBe(true);
    answers["DELETE /api/items/i-1/enemies/i-3"] = new Response(null, { status: 204 });
    await press(root, "Reconcile with C-3");
    expect(root.find("[role=alert]").exists()).toBe(false);
    expect(seen.filter(({ method }) => method === "DELETE")).toHaveLength(2);
  });

  it("puts the item into another family, or with an empty name into none", async () => {
    const seen = serve({ "GET /api/items/i-1/enemies": json(told), "PUT /api/items/i-1/family": json(item(1)) });
    const { root } = await show(["REVIEWER"]);
    const name = root.get<HTMLInputElement>("input[list]");
    expect(name.element.value).toBe("F");
    expect(root.text()).toContain("C-2");
    for (const family of [" G ", ""]) {
      await name.setValue(family);
      await root.findAll("form")[0]?.trigger("submit");
      await flushPromises();
    }
    const sent = seen.filter(({ method }) => method === "PUT");
    expect(await Promise.all(sent.map((request) => request.json()))).toEqual([{ family: "G" }, { family: null }]);
  });

  it("only tells those who read", async () => {
    serve({ "GET /api/items/i-1/enemies": json(told) });
    const { root } = await show(["QUALITY_SUPERVISOR"]);
    expect(root.text()).toContain("a hint");
    expect(root.findAll("button, input")).toEqual([]);
  });
});

describe("a bank's enemies", () => {
  it("lists families and pairs, and reconciles a pair", async () => {
    const list = { pairs: [{ item: item(1), other: item(2), reason: "a hint" }], families: [{ family: "F", items: [item(3, "F"), item(4, "F")] }] };
    const seen = serve({
      ...bank,
      "GET /api/banks/b-1/enemies": json(list),
      "DELETE /api/items/i-1/enemies/i-2": new Response(null, { status: 204 }),
    });
    const { root } = await open(EnemiesPage, {}, ["OFFICE"]);
    expect(root.findAll("tbody a").map((link) => link.text())).toEqual(["C-3", "C-4", "C-1", "C-2"]);
    await press(root, "Reconcile C-1 and C-2");
    expect(seen.some(({ method }) => method === "DELETE")).toBe(true);
  });

  it("says that there are none", async () => {
    serve({ ...bank, "GET /api/banks/b-1/enemies": json(NOBODY) });
    const { root } = await open(EnemiesPage, {}, ["OFFICE"]);
    expect(root.text()).toContain("no families and no enemies");
  });
});

describe("a bank's duplicates", () => {
  const version = (number: number) => ({ ...item(number), version_id: `v-${number}`, number: 1, state: "RELEASED" });
  const pair = (one: number, other: number) => ({ one: version(one), other: version(other), similarity: 0.916, is_same: false });
  const whole = (number: number) => ({ ...version(number), bank_id: "b-1", type: "TRUE_FALSE", content: { stem: `Stem ${number}` } });
  const pieces = [{ change: "REMOVED", text: "1" }, { change: "ADDED", text: "2" }];
  const items = [{ field: "content.stem", before: "Stem 1", after: "Stem 2", pieces }];
  const beside = { one: whole(1), other: whole(2), items, is_secret: true, server_now: "2026-11-23T01:00:00Z" };

  it("shows both wordings with what differs when asked, with the viewer's mark in a secret bank", async () => {
    const seen = serve({
      ...bank,
      "GET /api/banks/b-1/duplicates": json({ items: [pair(1, 2)] }),
      "GET /api/banks/b-1/enemies": json(NOBODY),
      "GET /api/item-versions/v-1/beside/v-2": json(beside),
    });
    const { root } = await open(DuplicatesPage, {}, ["QUALITY_SUPERVISOR"]);
    expect(root.text()).toContain("91% alike");
    expect(seen.some(({ url }) => url.includes("beside"))).toBe(false);
    await press(root, "Compare C-1 and C-2");
    expect(root.findAll("article")).toHaveLength(2);
    expect([root.get("del").text(), root.get("ins").text()]).toEqual(["1", "2"]);
    expect(root.get("svg[aria-hidden] text").text()).toContain("Ann");
    expect(root.findAll("button").map((button) => button.text())).not.toContain("Make enemies");
  });

  it("makes a pair enemies, but not one that a paper keeps apart already", async () => {
    const pairs = [{ item: item(3), other: item(4), reason: "" }];
    const seen = serve({
      ...bank,
      "GET /api/banks/b-1/duplicates": json({ items: [pair(1, 2), pair(4, 3)] }),
      "GET /api/banks/b-1/enemies": json({ pairs, families: [] }),
      "POST /api/banks/b-1/enemies": json(NOBODY, 201),
    });
    const { root } = await open(DuplicatesPage, {}, ["AUTHOR"]);
    expect(root.findAll("button").filter((button) => button.text() === "Make enemies")).toHaveLength(1);
    await press(root, "Make C-1 and C-2 enemies");
    await root.get("dialog form").trigger("submit");
    await flushPromises();
    expect(await seen.find(({ method }) => method === "POST")?.json()).toEqual({ item_id: "i-1", other_id: "i-2", reason: "" });
  });

  it("says that nothing is alike, and what went wrong", async () => {
    serve({ ...bank, "GET /api/banks/b-1/duplicates": json({ items: [] }), "GET /api/banks/b-1/enemies": json(NOBODY) });
    const { root } = await open(DuplicatesPage, {}, ["AUTHOR"]);
    expect(root.text()).toContain("No two items are alike.");
    serve(bank);
    const other = await open(DuplicatesPage, {}, ["AUTHOR"]);
    expect(other.root.get("[role=alert]").text()).toContain("Try again");
  });
});
