/** For tests: a list of rules, every setting and two that are fixed, each with words of its own; an enrolment. */

import { DRAFT_FIELDS, emptyPlan, planOf } from "./plan";
import type { FixedRule, Rule, RuleBook, RuleKey } from "./rules";

export const KEYS = Object.keys(DRAFT_FIELDS) as RuleKey[];
const PLAN = planOf(emptyPlan());
const CHOICES: ReadonlySet<RuleKey> = new Set(["clock_rule", "navigation", "camera_rule"]);
const ANEW: ReadonlySet<RuleKey> = new Set(["minutes", "application_conditions"]);
const PRACTICAL: Readonly<Partial<Record<RuleKey, number | null>>> = { late_entry_minutes: 15, earliest_hand_in_minutes: null };

function unitOf(key: RuleKey): Rule["unit"] {
  if (CHOICES.has(key)) return "CHOICE";
  if (key === "application_conditions") return "LINES";
  return typeof PLAN[key] === "boolean" ? "FLAG" : "MINUTES";
}

const wordsOf = (key: string) => ({
  name_zh: `规则 ${key}`,
  name_en: `The name of ${key}`,
  source_zh: `来源 ${key}`,
  source_en: `The source of ${key}.`,
});

export function ruleOf(key: RuleKey, more: Partial<Rule> = {}): Rule {
  const has_default = !ANEW.has(key);
  const defaults = { default: has_default ? PLAN[key] : null, has_default, practical: PRACTICAL[key] ?? null, has_practical: key in PRACTICAL };
  return { key, ...wordsOf(key), unit: unitOf(key), founded: "OWN", common_clock_only: false, ...defaults, ...more };
}

function fixedRule(key: FixedRule["key"]): FixedRule {
  return { key, ...wordsOf(key), value_zh: `固定 ${key}`, value_en: `What ${key} is`, founded: "OFFICIAL" };
}

export const BOOK: RuleBook = { settings: KEYS.map((key) => ruleOf(key)), fixed: [fixedRule("proctors"), fixedRule("least_age")] };

/** An enrolment as the list shows it. */
export const WANG = {
  enrolment_id: "e",
  name: "Wang",
  identity_masked: "1****2",
  has_photo: false,
  ticket_number: "T",
  seat_label: "1",
  room: null,
  accommodation_seconds: 0,
  state: "EXPECTED",
  finish_reason: null,
  paper_id: null,
  condition_number: null as number | null,
};
