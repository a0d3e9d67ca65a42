import { describe, expect, it } from "vitest";

import { isOwnDecision, ruleText } from "./rules";

const RULE = { key: "late_entry_minutes", default: 30, practical: 15, has_practical: true, unit: "MINUTES" } as const;
const rule = (more: object) => ({ ...RULE, founded: "PRACTICE", source_zh: "", source_en: "", ...more }) as Parameters<typeof isOwnDecision>[0];
const t = (key: string, words?: Record<string, unknown>): string => (words ? `${key} ${JSON.stringify(words)}` : key);

describe("a setting", () => {
  it.each([
    [{}, 30, false],
    [{}, 15, false],
    [{}, 20, true],
    [{ has_practical: false, practical: null }, null, true],
    [{ practical: null }, null, false],
    [{ default: false, has_practical: false }, true, true],
  ])("%j with %j is an own decision: %s", (more, value, isOwn) => {
    expect(isOwnDecision(rule(more), value)).toBe(isOwn);
  });

  it.each([
    [{ unit: "MINUTES" }, 30, 'office.minutesText {"number":30}'],
    [{ unit: "SECONDS" }, 15, 'office.secondsText {"number":15}'],
    [{ unit: "MINUTES" }, null, "office.session.rule.noneEarly"],
    [{ unit: "FLAG" }, true, "office.session.rule.yes"],
    [{ unit: "CHOICE", key: "navigation" }, "FREE", "office.session.navigationRule.FREE"],
  ])("%j %j reads %s", (more, value, text) => {
    expect(ruleText(rule(more), value, t)).toBe(text);
  });
});
