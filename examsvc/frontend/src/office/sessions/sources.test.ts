// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";

import { json, serve } from "@/api/testing";
import { useLanguage } from "@/i18n";

import { show } from "../items/testing";
import { emptyPlan, type ExamSession, planOf } from "./plan";
import type { RuleBook } from "./rules";
import RuleTable from "./RuleTable.vue";
import SessionForm from "./SessionForm.vue";
import { BOOK, KEYS, ruleOf } from "./testing";

/** What an exam session is, not by which rules it is held. */
const CHOSEN = ["code", "title", "place", "filing_id", "paper_id", "draw_id", "starts_at", "ends_at"];
const filing = { id: "f", number: "1", organisation: "O", scheme: "S", specification_id: "s", theory_minutes: 60, valid_from_on: "2026-01-01", valid_to_on: "2028-12-31" };
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/", component: SessionForm }] });
let page: VueWrapper | undefined;
beforeEach(() => serve({ "GET /api/exam-sessions/choices": json({ filings: [filing], papers: [], draws: [] }) }));
afterEach(() => page?.unmount());

async function open(more: object = {}): Promise<string> {
  page = show(SessionForm, { start: { ...emptyPlan(), ...more }, session: null, book: BOOK }, [router]);
  await flushPromises();
  return page.text();
}

const missing = (shown: string, wordsOf: (key: string) => string[]): string[] =>
  [...KEYS, ...BOOK.fixed.map(({ key }) => key)].flatMap(wordsOf).filter((words) => !shown.includes(words));

it("every field of a plan is chosen, or a rule of the list", () => {
  expect([...CHOSEN, ...KEYS].sort()).toEqual(Object.keys(planOf(emptyPlan())).sort());
});

describe("the form", () => {
  it("shows each setting with its name and its source from the list", async () => {
    const shown = await open();
    expect(KEYS.flatMap((key) => [`The name of ${key}`, `The source of ${key}.`]).filter((words) => !shown.includes(words))).toEqual([]);
  });

  it("says in the hint of the clock what becomes of who comes late", async () => {
    const shown = await open({ lateExtends: true });
    expect(shown).toContain("has the full time from then on");
    expect(shown).not.toContain("who comes late has less time");
  });
});

describe("the overview", () => {
  const session = (more: object = {}) => ({ ...planOf(emptyPlan()), draw: null, subject: null, ...more }) as unknown as ExamSession;
  const overview = (more: object = {}, book: RuleBook = BOOK): string[] => {
    page = show(RuleTable, { session: session(more), book });
    return page.findAll("tbody tr").map((row) => row.text());
  };

  it("shows each rule with its name, its value and its source, the fixed ones as fixed", () => {
    const lines = overview();
    expect(lines).toHaveLength(KEYS.length + BOOK.fixed.length);
    expect(missing(lines.join("\n"), (key) => [`The name of ${key}`, `The source of ${key}.`])).toEqual([]);
    expect(lines.find((line) => line.includes("late_entry"))).toContain("30 minutes");
    expect(lines.filter((line) => line.includes("Fixed"))).toHaveLength(BOOK.fixed.length);
    expect(lines.at(-1)).toContain("What least_age is");
  });

  it("says all of it in Chinese too", () => {
    const inChinese = defineComponent(() => {
      useLanguage().switchTo("zh-CN");
      return () => h(RuleTable, { session: session(), book: BOOK });
    });
    page = show(inChinese, {});
    expect(missing(page.text(), (key) => [`规则 ${key}`, `来源 ${key}`])).toEqual([]);
    expect(page.text()).toContain("固定 proctors");
  });

  it.each([
    ["THEORY", false],
    ["PRACTICAL", true],
  ])("compares what stands at the default of theory with that of the rooms: %s, own decision %s", (subject, isOwn) => {
    const line = overview({ subject }).find((one) => one.includes("late_entry"));
    expect(line?.includes("Own decision · default 15 minutes")).toBe(isOwn);
  });

  it("does not tell a value of a rule that holds with a common clock only where the clock is personal", () => {
    const book = { ...BOOK, settings: KEYS.map((key) => ruleOf(key, { common_clock_only: key === "late_entry_minutes" })) };
    const lineOf = (clock_rule: string) => overview({ clock_rule }, book).find((one) => one.includes("late_entry"));
    expect(lineOf("COMMON")).toContain("30 minutes");
    expect(lineOf("PERSONAL")).toContain("Does not apply: personal clock");
    expect(lineOf("PERSONAL")).not.toMatch(/30 minutes|Default/);
  });

  it("says of individual forms that they are shown as drawn", () => {
    const lines = overview({ draw: { kind: "INDIVIDUAL" } });
    expect(lines.filter((line) => line.includes("shuffle")).every((line) => line.includes("as each was drawn"))).toBe(true);
  });
});
