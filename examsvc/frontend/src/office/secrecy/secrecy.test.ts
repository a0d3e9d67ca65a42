// @vitest-environment happy-dom

import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { type Answers, json, serve } from "@/api/testing";

import { BANK, open } from "../imports/testing";
import SecrecyPage from "./SecrecyPage.vue";

const look = (number: number) => ({
  entry_id: `e-${number}`,
  at: "2026-11-23T01:00:00Z",
  actor: `Reader ${number}`,
  action: "item.viewed",
  item_id: "i-1",
  code: "C-1",
  version: 2,
  reason: null,
});
const nobody = { "GET /api/banks/b-1/looks": json({ items: [], next: null }) };

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

it("makes a bank secret only once its name was typed, and then shows it as secret", async () => {
  const answers: Answers = {
    ...nobody,
    "GET /api/banks/b-1": json(BANK),
    "POST /api/banks/b-1/secrecy": () => {
      answers["GET /api/banks/b-1"] = json({ ...BANK, is_secret: true });
      return json({ bank_id: "b-1", is_secret: true });
    },
  };
  const seen = serve(answers);
  const { root } = await open(SecrecyPage, {}, ["OFFICE"]);
  expect(root.text()).toContain("This bank is not secret");
  await root.get(".button-danger").trigger("click");
  await root.get("dialog input").setValue("Ban");
  await root.get("dialog form").trigger("submit");
  expect(root.get<HTMLButtonElement>("dialog [type=submit]").element.disabled).toBe(true);
  expect(seen.some(({ method }) => method === "POST")).toBe(false);
  await root.get("dialog input").setValue("Bank");
  await root.get("dialog form").trigger("submit");
  await flushPromises();
  expect(root.text()).toContain("This bank is secret");
  expect(root.find(".button-danger").exists()).toBe(false);
});

it("leaves the step to the office", async () => {
  serve({ ...nobody, "GET /api/banks/b-1": json(BANK) });
  const { root } = await open(SecrecyPage, {}, ["QUALITY_SUPERVISOR"]);
  expect(root.findAll("button")).toEqual([]);
  expect(root.text()).toContain("The office decides");
  expect(root.text()).toContain("Nobody has looked yet.");
});

it("tells who looked at what, and adds older lines behind the last", async () => {
  const pages: Record<string, object> = { "": { items: [look(1)], next: "mark" }, mark: { items: [{ ...look(2), item_id: null, code: null, action: "bank.exported" }], next: null } };
  serve({
    "GET /api/banks/b-1": json({ ...BANK, is_secret: true }),
    "GET /api/banks/b-1/looks": ({ url }) => json(pages[new URL(url).searchParams.get("after") ?? ""]),
  });
  const { root } = await open(SecrecyPage, {}, ["OFFICE"]);
  expect(root.findAll("tbody tr")).toHaveLength(1);
  await root.findAll("button").at(-1)?.trigger("click");
  await flushPromises();
  const rows = root.findAll("tbody tr").map((row) => row.text());
  expect(rows[0]).toMatch(/Reader 1.*C-1/);
  expect(rows[1]).toMatch(/Reader 2.*The whole bank/);
  expect(root.findAll("button")).toEqual([]);
});
