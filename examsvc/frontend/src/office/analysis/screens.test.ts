// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, describe, expect, it } from "vitest";

import { json, refused, serve } from "@/api/testing";

import { show } from "../items/testing";
import CalibrationSection from "./CalibrationSection.vue";
import type { ItemFigures } from "./figures";
import ItemFiguresTable from "./ItemFiguresTable.vue";
import ScoreHistogram from "./ScoreHistogram.vue";
import VersionStatistics from "./VersionStatistics.vue";

let page: VueWrapper;
afterEach(() => page.unmount());

const line = (id: string | null, more: object = {}) => ({
  id,
  is_key: false,
  is_rare_distractor: false,
  count: 10,
  share: 0.25,
  upper: 0,
  lower: 0.5,
  item_rest: -0.2,
  ...more,
});
const item = (code: string, more: Partial<ItemFigures> = {}): ItemFigures => ({
  version_id: `v-${code}`,
  item_id: `i-${code}`,
  code,
  number: 1,
  type: "SINGLE_CHOICE",
  stem: "Which?",
  points: 200,
  asked: 40,
  difficulty: 0.5,
  item_rest: null,
  upper_lower: 0.4,
  flags: [],
  options: [{ part: null, lines: [line("a", { is_key: true }), line("b", { is_rare_distractor: true }), line(null)] }],
  ...more,
});

describe("the questions of a sitting", () => {
  it("stand with those to look at first, and open to their options", async () => {
    page = show(ItemFiguresTable, { items: [item("T1"), item("T2", { flags: ["KEY_SUSPECT"] })] });
    const rows = page.findAll("tbody tr");
    expect(rows.map((row) => row.get("a").text())).toEqual(["T2", "T1"]);
    expect(rows[0]?.text()).toContain("Key in doubt");
    await page.get("button[aria-label='Options of T2']").trigger("click");
    const options = page.findAll("td table tbody tr").map((row) => row.get("th").text());
    expect(options).toEqual(["A Key", "B Distractor nobody takes", "Nothing chosen"]);
  });

  it("do not open for those who may not see keys, and say why", () => {
    page = show(ItemFiguresTable, { items: [item("T1", { options: null })] });
    expect(page.find("button").exists()).toBe(false);
    expect(page.text()).toContain("Option tables give keys away.");
  });
});

describe("the histogram", () => {
  it("says in its table what it draws", () => {
    page = show(ScoreHistogram, { counts: [0, 0, 0, 0, 0, 1, 4, 9, 3, 2] });
    expect(page.findAll("td").map((cell) => cell.text())).toEqual(["0", "0", "0", "0", "0", "1", "4", "9", "3", "2"]);
    const svg = page.get("svg");
    const names = svg.attributes("aria-labelledby")?.split(" ") ?? [];
    expect(names.map((id) => svg.find(`[id="${id}"]`).text()[0])).toEqual(["D", "B"]);
  });
});

describe("a calibration", () => {
  const path = "GET /api/exam-sessions/s-1/analysis";

  it("is refused in words for a handful of people", async () => {
    serve({ [path]: refused("too_few_to_calibrate", 409, { least: 30, people: 3 }) });
    page = show(CalibrationSection, { sessionId: "s-1", items: [item("T1")] });
    await flushPromises();
    expect(page.text()).toContain("at least 30 candidates; there are 3 so far");
  });

  it("draws a curve for each question, lets one stand out, and names what is left out", async () => {
    const calibration = {
      model: "1pl",
      people: 40,
      log_likelihood: -123.4567,
      steps: 20,
      converged: true,
      is_bounded: false,
      items: [{ version_id: "v-T1", slope: 1.2, difficulty: -0.5 }],
      left_out: [{ version_id: "v-T2", reason: "NO_VARIANCE" }],
    };
    serve({ [path]: json({ calibration }) });
    page = show(CalibrationSection, { sessionId: "s-1", items: [item("T1"), item("T2")] });
    await flushPromises();
    expect(page.findAll("path.curve").length).toBe(1);
    expect(page.text()).toContain("−123.457");
    expect(page.text()).toContain("T2 is left out: all were right or all were wrong.");
    await page.get("tbody button").trigger("click");
    expect(page.find("path.is-chosen").exists()).toBe(true);
  });
});

describe("a version's statistics", () => {
  it("show its figures, and that nobody was asked yet", async () => {
    const path = "GET /api/item-versions/v-T1/statistics";
    serve({ [path]: json({ people: 40, figures: item("T1", { flags: ["TOO_HARD"] }) }) });
    page = show(VersionStatistics, { versionId: "v-T1" });
    await flushPromises();
    expect(page.text()).toContain("Too hard");
    page.unmount();
    serve({ [path]: json({ people: 0, figures: null }) });
    page = show(VersionStatistics, { versionId: "v-T1" });
    await flushPromises();
    expect(page.text()).toContain("Nobody has finished yet");
  });
});
