import { describe, expect, it } from "vitest";

import { emptyPlan, type PlanDraft } from "./plan";
import { adopted, isOwnDecision, type Rule, ruleText, type Subject } from "./rules";
import { BOOK, ruleOf } from "./testing";

const late = (more: Partial<Rule>): Rule => ruleOf("late_entry_minutes", more);
const t = (key: string, words?: Record<string, unknown>): string => (words ? `${key} ${JSON.stringify(words)}` : key);

describe("a setting", () => {
  it.each<[Partial<Rule>, unknown, Subject | null, boolean]>([
    [{}, 30, null, false],
    [{}, 15, null, false],
    [{}, 20, null, true],
    [{}, 30, "THEORY", false],
    [{}, 15, "THEORY", true],
    [{}, 15, "PRACTICAL", false],
    [{}, 30, "PRACTICAL", true],
    [{ practical: null }, null, null, false],
    [{ practical: null }, null, "THEORY", true],
    [{ has_practical: false, practical: null }, null, null, true],
    [{ has_practical: false, practical: null }, 30, "PRACTICAL", false],
    [{ default: null, has_default: false }, 60, null, false],
  ])("%j with %j in %s is an own decision: %s", (more, value, subject, isOwn) => {
    expect(isOwnDecision(late(more), value, subject)).toBe(isOwn);
  });

  it.each<[Partial<Rule>, unknown, string]>([
    [{ unit: "MINUTES" }, 30, 'office.minutesText {"number":30}'],
    [{ unit: "SECONDS" }, 15, 'office.secondsText {"number":15}'],
    [{ unit: "MINUTES" }, null, "office.session.rule.noneEarly"],
    [{ unit: "FLAG" }, true, "office.session.rule.yes"],
    [{ unit: "CHOICE", key: "navigation" }, "FREE", "office.session.navigationRule.FREE"],
    [{ unit: "LINES" }, [], "office.condition.none"],
    [{ unit: "LINES" }, ["A", "B"], 'office.condition.numbered {"number":1,"text":"A"}\noffice.condition.numbered {"number":2,"text":"B"}'],
  ])("%j %j reads %s", (more, value, text) => {
    expect(ruleText(late(more), value, t)).toBe(text);
  });
});

describe("a draft whose subject changes", () => {
  const change = (more: Partial<PlanDraft>, from: Subject, to: Subject): PlanDraft => {
    const draft = { ...emptyPlan(), ...more };
    return { ...draft, ...adopted(draft, BOOK.settings, from, to) };
  };

  it("has the defaults of practical tasks, and theory's again", () => {
    const practical = change({}, "THEORY", "PRACTICAL");
    expect(practical).toEqual({ ...emptyPlan(), lateEntry: 15, earliestHandIn: null });
    expect(change(practical, "PRACTICAL", "THEORY")).toEqual(emptyPlan());
  });

  it("keeps what was set", () => {
    expect(change({ lateEntry: 20, earliestHandIn: 0 }, "THEORY", "PRACTICAL")).toMatchObject({ lateEntry: 20, earliestHandIn: 0 });
  });
});
