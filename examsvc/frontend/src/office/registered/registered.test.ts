// @vitest-environment happy-dom

import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { json, refused, serve } from "@/api/testing";

import { BANK, open } from "../imports/testing";
import { bandsOf, countOf } from "./counts";
import RegisteredListPage from "./RegisteredListPage.vue";
import RegisteredVersionPage from "./RegisteredVersionPage.vue";

const version = (number: number, filing: string | null = "F-1") => ({
  bank_version_id: `r-${number}`,
  bank_id: "b-1",
  number,
  digest: `digest-${number}`,
  item_count: 10 + number,
  filing_number: filing,
  registered_at: "2026-11-23T01:00:00Z",
});
const BOTH = { items: [version(2), version(1, null)] };
const CELLS = [
  { type: "TRUE_FALSE", difficulty: "EASY", count: 3 },
  { type: "TRUE_FALSE", difficulty: "HARD", count: 1 },
  { type: "NUMERIC", difficulty: "EASY", count: 2 },
] as const;
const blueprint = (name: string, papers: number, is_exact: boolean) => ({
  blueprint_id: name,
  name,
  papers,
  is_exact,
  scarcest: { work_task: 1, type: "NUMERIC" },
});
const points = [
  { number: 1, text: "principles", items: 6, cells: CELLS },
  { number: 2, text: "methods", items: 0, cells: [] },
];
const COVERAGE = { registered: version(2), work_tasks: [{ number: 1, name: "Task", items: 6, knowledge_points: points }], blueprints: [blueprint("A", 2, true), blueprint("B", 1, false)] };
const CHANGES = { added: [{ code: "N-1", before: null, after: 1 }], removed: [], changed: [{ code: "C-1", before: 1, after: 2 }] };
const bank = { "GET /api/banks/b-1": json(BANK) };
const list = { ...bank, "GET /api/banks/b-1/registered": json(BOTH) };
const page = {
  ...list,
  "GET /api/registered-banks/r-2/coverage": json(COVERAGE),
  "GET /api/registered-banks/r-1/changes/r-2": json(CHANGES),
};

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
  const button = root.findAll("button").find((one) => one.text() === name);
  if (!button) throw new Error(`no button ${name}`);
  await button.trigger("click");
  await flushPromises();
}

it("counts items of a type in all and by difficulty", () => {
  expect([countOf(CELLS, "TRUE_FALSE"), countOf(CELLS, "ORDERING")]).toEqual([4, 0]);
  expect(bandsOf(CELLS, "TRUE_FALSE")).toBe("3 / 0 / 1");
});

describe("the list of registered versions", () => {
  it("tells number, filing and count of each", async () => {
    serve(list);
    const { root } = await open(RegisteredListPage, {}, ["QUALITY_SUPERVISOR"]);
    const rows = root.findAll("tbody tr").map((row) => row.text());
    expect(rows[0]).toMatch(/Version 2.*F-1.*12.*digest-2/);
    expect(rows[1]).toContain("No filing yet");
    expect(root.findAll("button")).toEqual([]);
  });

  it("registers for the filing that was chosen, and shows why it was refused", async () => {
    const filing = { number: "F-1", valid_from_on: "2026-01-01", valid_to_on: "2028-12-31" };
    const answers = {
      ...list,
      "GET /api/banks/b-1/filings": json({ items: [{ ...filing, filing_id: "f-1" }, { ...filing, filing_id: "f-2", number: "F-2" }] }),
      "POST /api/banks/b-1/registered": refused("nothing_released", 409),
    };
    const seen = serve(answers);
    const { root } = await open(RegisteredListPage, {}, ["OFFICE"]);
    await press(root, "Register a version");
    await root.get("dialog select").setValue("f-2");
    await root.get("dialog form").trigger("submit");
    await flushPromises();
    expect(root.get("dialog [role=alert]").text()).not.toBe("");
    answers["POST /api/banks/b-1/registered"] = json({ items: [version(3), ...BOTH.items] }, 201);
    await root.get("dialog form").trigger("submit");
    await flushPromises();
    expect(await seen.filter(({ method }) => method === "POST").at(-1)?.json()).toEqual({ filing_id: "f-2" });
    expect(root.find("dialog form").exists()).toBe(false);
  });

  it("says that nothing is registered, and that no filing fits", async () => {
    serve({ ...bank, "GET /api/banks/b-1/registered": json({ items: [] }), "GET /api/banks/b-1/filings": json({ items: [] }) });
    const { root } = await open(RegisteredListPage, {}, ["OFFICE"]);
    expect(root.text()).toContain("no registered version yet");
    await press(root, "Register a version");
    expect(root.get("dialog").text()).toContain("no filing for this specification");
  });
});

describe("a registered version", () => {
  const show = () => open(RegisteredVersionPage, { versionId: "r-2" }, ["OFFICE"]);

  it("covers types that there are, marks gaps, and tells a bound from a number of papers", async () => {
    serve(page);
    const { root } = await show();
    const [coverage, yields] = root.findAll("table");
    expect(coverage?.findAll("thead th").map((cell) => cell.text())).toEqual(["Knowledge point", "Total", "True or false", "Numeric"]);
    expect(coverage?.findAll(".gap")).toHaveLength(1);
    expect(yields?.findAll("tbody td.number").map((cell) => cell.text())).toEqual(["2", "at most 1"]);
    expect(root.text()).toContain("upper bound");
  });

  it("tells what changed since the version before, the earlier first", async () => {
    serve(page);
    const { root } = await show();
    expect(root.text()).toContain("1 added");
    expect(root.text()).toContain("C-1 (version 1 → 2)");
    expect(root.text()).not.toContain("removed");
  });

  it.each([
    [true, [], "It holds"],
    [false, ["C-1", "C-2"], "C-1, C-2"],
  ])("verifies now: that it holds is %s", async (holds, altered, told) => {
    serve({ ...page, "GET /api/registered-banks/r-2/verification": json({ digest: "digest-2", computed: "digest-x", holds, altered }) });
    const { root } = await show();
    await press(root, "Verify now");
    expect(root.get("[aria-live] .note").text()).toContain(told);
    expect(root.get("[aria-live] .note").text()).toContain("digest-x");
  });

  it("reads the manifest when asked, and narrows it by code", async () => {
    const items = Array.from({ length: 60 }, (_, index) => ({ code: `C-${index}`, number: 1, version_id: `v-${index}`, digest: `d-${index}` }));
    const seen = serve({ ...page, "GET /api/registered-banks/r-2/manifest": json({ digest: "digest-2", manifest: { items } }) });
    const { root } = await show();
    expect(seen.some(({ url }) => url.endsWith("/manifest"))).toBe(false);
    await press(root, "Show the manifest");
    const rows = () => root.findAll("table").at(-1)?.findAll("tbody tr");
    expect(rows()).toHaveLength(50);
    await root.get("input[type=search]").setValue("c-59");
    expect(rows()?.map((row) => row.text())).toEqual([expect.stringContaining("C-59")]);
  });

  it("says when the bank has no such version", async () => {
    serve(list);
    const { root } = await open(RegisteredVersionPage, { versionId: "r-9" }, ["OFFICE"]);
    expect(root.text()).toContain("no such registered version");
  });
});
