import type { Difficulty, Importance, ItemType } from "../../items/wording";
import type { Policy, Rule } from "../blueprint";

/** The kinds of rules as the page offers them; KEY is a number of items by the place of their key. */
export const KINDS = ["INCLUDE", "EXCLUDE", "ENEMY", "ALL_OR_NONE", "PER_STIMULUS", "NUMBER", "KEY", "SUM"] as const;
export type Kind = (typeof KINDS)[number];
export const ATTRIBUTES = ["LEVEL", "SECONDS", "INFORMATION", "EXPECTED"] as const;
export type Attribute = (typeof ATTRIBUTES)[number];
export const ITEM_KINDS: readonly Kind[] = ["INCLUDE", "EXCLUDE", "ENEMY", "ALL_OR_NONE"];
/** How many items a rule needs to say anything. */
export const leastItems = (kind: Kind): number => (kind === "ENEMY" || kind === "ALL_OR_NONE" ? 2 : 1);

export interface NamedItem {
  id: string;
  code: string;
}

/** A rule while it is written; what its kind does not have stays as it began. */
export interface RuleDraft {
  id: number;
  kind: Kind;
  attribute: Attribute;
  task: number | "";
  point: number | "";
  type: ItemType | "";
  band: Difficulty | "";
  level: Importance | "";
  keyPosition: number;
  lower: number | "";
  upper: number | "";
  items: NamedItem[];
}

export function emptyRule(kind: Kind, id: number): RuleDraft {
  const where = { task: "", point: "", type: "", band: "", level: "" } as const;
  return { id, kind, attribute: "LEVEL", ...where, keyPosition: 1, lower: "", upper: "", items: [] };
}

const only = <T>(value: T | ""): T[] | undefined => (value === "" ? undefined : [value]);

function whereOf({ task, point, type, band, level }: RuleDraft): NonNullable<Rule["where"]> {
  const all = { work_tasks: only(task), knowledge_points: only(point), types: only(type), difficulties: only(band), importances: only(level) };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values));
}

function boundsOf({ lower, upper }: RuleDraft): Pick<Rule, "lower" | "upper"> {
  return { ...(lower !== "" && { lower }), ...(upper !== "" && { upper }) };
}

/** Whether the rule asks for anything yet. */
export function isSaid(rule: RuleDraft): boolean {
  if (ITEM_KINDS.includes(rule.kind)) return rule.items.length >= leastItems(rule.kind);
  return rule.lower !== "" || rule.upper !== "";
}

/** Whether its bounds leave nothing between them. */
export const isTwisted = ({ lower, upper }: RuleDraft): boolean => lower !== "" && upper !== "" && lower > upper;

/** Return the rules as the service takes them: those that ask for something. */
export function wireOf(rules: readonly RuleDraft[]): Rule[] {
  return rules.filter((rule) => isSaid(rule) && !isTwisted(rule)).map(ruleOf);
}

function ruleOf(rule: RuleDraft): Rule {
  switch (rule.kind) {
    case "PER_STIMULUS":
      return { kind: "PER_STIMULUS", ...boundsOf(rule) };
    case "NUMBER":
      return { kind: "NUMBER", where: whereOf(rule), ...boundsOf(rule) };
    case "KEY":
      return { kind: "NUMBER", where: { ...whereOf(rule), types: ["SINGLE_CHOICE"], key_positions: [rule.keyPosition] }, ...boundsOf(rule) };
    case "SUM":
      return { kind: "SUM", attribute: rule.attribute, where: whereOf(rule), ...boundsOf(rule) };
    case "INCLUDE":
    case "EXCLUDE":
    case "ENEMY":
    case "ALL_OR_NONE":
      return { kind: rule.kind, item_ids: rule.items.map(({ id }) => id) };
  }
}

/** Limits of the whole paper; what is empty or 0 sets none. */
export interface Limits {
  minutes: number | "";
  cooldown_days: number | "";
  most_uses: number | "";
  reserve_percent: number | "";
  seen: string[];
}

export const noLimits = (): Limits => ({ minutes: "", cooldown_days: "", most_uses: "", reserve_percent: "", seen: [] });

export function policyOf({ cooldown_days, most_uses, reserve_percent, seen }: Limits): Policy {
  return {
    cooldown_days: cooldown_days || 0,
    reserve_percent: reserve_percent || 0,
    ...(most_uses && { most_uses }),
    ...(seen.length > 0 && { seen_paper_ids: seen }),
  };
}
