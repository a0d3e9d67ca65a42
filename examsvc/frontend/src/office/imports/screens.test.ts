// @vitest-environment happy-dom

import { flushPromises } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";

import { json, serve } from "@/api/testing";

import ExportPage from "./ExportPage.vue";
import ImportPage from "./ImportPage.vue";
import ImportReportPage from "./ImportReportPage.vue";
import { BANK, open } from "./testing";

const LINE = { where: "题库!2", outcome: "NEW", fault: "", code: "A-1", type: "SINGLE_CHOICE", stem: "Which?" };
const REPORT = {
  format: "csv",
  outcomes: { NEW: 1, CHANGED: 0, SAME: 0, REFUSED: 1 },
  by_type: { SINGLE_CHOICE: 2 },
  warnings: 0,
  errors: 0,
  unsupported_count: 1,
  items: [LINE, { ...LINE, where: "题库!3", code: "A-2", outcome: "REFUSED", fault: "knowledge_point_unknown" }],
  problems: [],
  unsupported: [{ where: "item 3", kind: "calculated", detail: "no such type" }],
  is_cut: false,
};
const FOUND = { import_id: "i-1", bank_id: "b-1", file_name: "x.csv", format: "csv", state: "LOOKED_AT", by: "Ann", created_at: "2026-11-23T01:00:00Z", taken_at: null, report: REPORT };
const TABLE = { sheet: "", dialect: "", heading_row: 1, headings: ["What", "Right"], rows: [["Which?", "A"]], mapping: { What: "", Right: "answer" } };
const bank = { "GET /api/banks/b-1": json(BANK) };
const ASKED = { bank_id: "b-1", reason: "a copy", asked_by: "Bob", asked_at: "2026-11-23T01:00:00Z", granted_by: null, granted_at: null, used_at: null };

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

function choose(input: HTMLInputElement, file: File): void {
  Object.defineProperty(input, "files", { value: [file] });
  input.dispatchEvent(new Event("change"));
}

describe("bringing a file in", () => {
  const server = {
    ...bank,
    "GET /api/banks/b-1/imports": json({ items: [] }),
    "GET /api/column-mappings": json({ items: [{ mapping_id: "m-1", name: "Ours", columns: { What: "stem" } }] }),
    "POST /api/banks/b-1/imports/columns": json({ format: "csv", tables: [TABLE] }),
    "POST /api/banks/b-1/imports": json(FOUND, 201),
  };

  it("asks what the columns are, lets a saved mapping say it, and sends what was said", async () => {
    const seen = serve(server);
    const { root, router } = await open(ImportPage, {}, ["AUTHOR"]);
    choose(root.get<HTMLInputElement>("input[type=file]").element, new File(["x"], "x.csv"));
    await flushPromises();
    expect(root.text()).toContain("No column is taken for the stem yet.");
    const submit = root.get<HTMLButtonElement>("button[type=submit]");
    expect(submit.element.disabled).toBe(true);
    const saved = root.findAll("select").find((one) => one.text().includes("Ours"));
    await saved?.setValue("m-1");
    expect(submit.element.disabled).toBe(false);
    await root.get("form").trigger("submit");
    await flushPromises();
    const sent = await seen.find(({ method, url }) => method === "POST" && url.endsWith("/imports"))?.formData();
    expect(sent?.get("columns")).toBe(JSON.stringify({ What: "stem", Right: "answer" }));
    expect(router.currentRoute.value.params.importId).toBe("i-1");
  });
});

describe("what a file would bring", () => {
  it("shows refused items first with the reason, and takes the rest over only when errors are left out", async () => {
    const seen = serve({ ...bank, "GET /api/imports/i-1": json(FOUND), "POST /api/imports/i-1/taking": json({ ...FOUND, state: "TAKEN" }) });
    const { root } = await open(ImportReportPage, { importId: "i-1" }, ["AUTHOR"]);
    expect(root.findAll("tbody tr").map((row) => row.text())[0]).toContain("no such knowledge point");
    const submit = root.get<HTMLButtonElement>("button[type=submit]");
    expect(submit.element.disabled).toBe(true);
    await root.get("input[type=checkbox]").setValue(true);
    expect(submit.text()).toBe("Import 1 as drafts");
    await root.get("form").trigger("submit");
    await flushPromises();
    expect(await seen.find(({ url }) => url.endsWith("/taking"))?.json()).toEqual({ leave_errors: true });
  });

  it("leaves what is much to a job and shows how far it is", async () => {
    const job = {
      job_id: "j-1", kind: "IMPORT", label: "x.csv", about: "i-1", state: "RUNNING", step: "WRITING", done: 200, total: 900,
      asked_at: "2026-11-23T01:00:00Z", cancel_asked_at: null, ended_at: null, refusal: null, result: null,
    };
    const answers = { ...bank, "GET /api/imports/i-1": json(FOUND), "GET /api/jobs": json({ items: [] }), "POST /api/imports/i-1/taking": json(job, 202) };
    serve(answers);
    const { root } = await open(ImportReportPage, { importId: "i-1" }, ["AUTHOR"]);
    await root.get("input[type=checkbox]").setValue(true);
    answers["GET /api/jobs"] = json({ items: [job] });
    await root.get("form").trigger("submit");
    await flushPromises();
    expect(root.text()).toContain("Writing into the bank");
    expect(root.text()).toContain("200 of 900");
  });

  it("lists one outcome alone when it is chosen", async () => {
    serve({ ...bank, "GET /api/imports/i-1": json(FOUND) });
    const { root } = await open(ImportReportPage, { importId: "i-1" }, ["REVIEWER"]);
    await root.get("select").setValue("NEW");
    expect(root.get("tbody").text()).toContain("A-1");
    expect(root.get("tbody").text()).not.toContain("A-2");
    expect(root.find("button[type=submit]").exists()).toBe(false);
  });

  it("shows the source of what cannot be an item", async () => {
    const left = { number: 1, where: "item 3", kind: "calculated", detail: "no such type", source: "<question/>" };
    serve({ ...bank, "GET /api/imports/i-1": json(FOUND), "GET /api/imports/i-1/leftovers": json({ items: [left] }) });
    const { root } = await open(ImportReportPage, { importId: "i-1" }, ["AUTHOR"]);
    const ask = root.findAll("button").find((button) => button.text() === "Fetch the sources");
    await ask?.trigger("click");
    await flushPromises();
    expect(root.get("pre").text()).toBe("<question/>");
  });
});

describe("taking a bank out", () => {
  const losses = { count: 1, left_out: 1, reduced: 0, items: [{ where: "A-1", level: "error", code: "type_not_carried", detail: "Aiken has no ORDERING" }] };
  const secret = { ...bank, "GET /api/banks/b-1": json({ ...BANK, is_secret: true }) };

  it("says what the format cannot carry", async () => {
    serve({ ...bank, "GET /api/banks/b-1/exports": json({ items: [], server_now: "2026-11-23T02:00:00Z" }), "POST /api/banks/b-1/files/check": json(losses) });
    const { root } = await open(ExportPage, {}, ["REVIEWER"]);
    expect(root.text()).toContain("Items that cannot be written: 1; items that lose something: 0.");
    expect(root.text()).toContain("The format has no such type · Aiken has no ORDERING");
  });

  it("offers to grant somebody else's request for a secret bank, and never one's own", async () => {
    const items = [
      { ...ASKED, export_id: "e-1", asked_by_id: "a-2" },
      { ...ASKED, export_id: "e-2", asked_by_id: "a-1", asked_by: "Ann" },
    ];
    const seen = serve({
      ...secret,
      "GET /api/banks/b-1/exports": json({ items, server_now: "2026-11-23T02:00:00Z" }),
      "POST /api/bank-exports/e-1/grant": json({ items: [], server_now: "2026-11-23T02:00:00Z" }),
    });
    const { root } = await open(ExportPage, {}, ["OFFICE"]);
    const grants = root.findAll("button").filter((button) => button.text() === "Grant");
    expect(grants).toHaveLength(1);
    await grants[0]?.trigger("click");
    await flushPromises();
    expect(seen.some(({ url }) => url.endsWith("/bank-exports/e-1/grant"))).toBe(true);
  });
});
