import { describe, expect, it } from "vitest";

import { emptyRule, isTwisted, type Kind, noLimits, policyOf, type RuleDraft, wireOf } from "./drafts";

const rule = (kind: Kind, more: Partial<RuleDraft> = {}): RuleDraft => ({ ...emptyRule(kind, 1), ...more });
const items = [
  { id: "i-1", code: "A" },
  { id: "i-2", code: "B" },
];

describe("a rule", () => {
  it.each<[Kind, Partial<RuleDraft>, object]>([
    ["INCLUDE", { items }, { kind: "INCLUDE", item_ids: ["i-1", "i-2"] }],
    ["ALL_OR_NONE", { items }, { kind: "ALL_OR_NONE", item_ids: ["i-1", "i-2"] }],
    ["PER_STIMULUS", { lower: 2, upper: 3 }, { kind: "PER_STIMULUS", lower: 2, upper: 3 }],
    ["NUMBER", { task: 1, point: 2, band: "HARD", lower: 5 }, { kind: "NUMBER", where: { work_tasks: [1], knowledge_points: [2], difficulties: ["HARD"] }, lower: 5 }],
    ["KEY", { keyPosition: 3, type: "NUMERIC", upper: 4 }, { kind: "NUMBER", where: { types: ["SINGLE_CHOICE"], key_positions: [3] }, upper: 4 }],
    ["SUM", { attribute: "SECONDS", level: "X", upper: 900 }, { kind: "SUM", attribute: "SECONDS", where: { importances: ["X"] }, upper: 900 }],
  ])("%s is sent with what its kind has", (kind, more, sent) => {
    expect(wireOf([rule(kind, more)])).toEqual([sent]);
  });

  it("is not sent before it asks for anything, nor with bounds that leave nothing", () => {
    expect(wireOf([rule("INCLUDE"), rule("ENEMY", { items: items.slice(1) }), rule("NUMBER"), rule("SUM", { lower: 3, upper: 2 })])).toEqual([]);
    expect([isTwisted(rule("SUM", { lower: 3, upper: 2 })), isTwisted(rule("SUM", { lower: 3 }))]).toEqual([true, false]);
  });
});

it("limits say only what they limit", () => {
  expect(policyOf(noLimits())).toEqual({ cooldown_days: 0, reserve_percent: 0 });
  expect(policyOf({ ...noLimits(), most_uses: 3, seen: ["p-1"] })).toEqual({ cooldown_days: 0, reserve_percent: 0, most_uses: 3, seen_paper_ids: ["p-1"] });
});
