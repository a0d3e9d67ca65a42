/** The rules of exam sessions, which form and overview take from one list of the server's, and what they say in words. */

import { api, type Schemas, take } from "@/api/client";

import { DRAFT_FIELDS, type PlanDraft } from "./plan";

export type Rule = Schemas["SessionRuleView"];
export type FixedRule = Schemas["FixedRuleView"];
export type RuleKey = Rule["key"];
export type Rules = Readonly<Record<RuleKey, Rule>>;
export type Subject = NonNullable<Schemas["ExamSessionView"]["subject"]>;
type Translate = (key: string, words?: Record<string, unknown>) => string;

/** What can be set for each session, and what is fixed in all. */
export interface RuleBook {
  settings: readonly Rule[];
  fixed: readonly FixedRule[];
}

export async function loadRules(): Promise<RuleBook> {
  const { items, fixed } = await take(api.GET("/api/exam-sessions/rules"));
  return { settings: items, fixed };
}

/** Return the settings by the session's field; the server lists every one. */
export function byKey(settings: readonly Rule[]): Rules {
  return Object.fromEntries(settings.map((rule) => [rule.key, rule])) as Record<RuleKey, Rule>;
}

/** Return the default of a subject; theory's where the subject is not known yet. */
export function defaultOf(rule: Rule, subject: Subject | null): unknown {
  return subject === "PRACTICAL" && rule.has_practical ? rule.practical : rule.default;
}

/** Whether the session decided otherwise than the default of its subject; of either one while that is not known. */
export function isOwnDecision(rule: Rule, value: unknown, subject: Subject | null): boolean {
  if (!rule.has_default) return false;
  const defaults = subject === null ? [rule.default, defaultOf(rule, "PRACTICAL")] : [defaultOf(rule, subject)];
  return !defaults.includes(value);
}

/** Return what changes in a draft with its subject: what stands at the default of the one, and nothing that was set. */
export function adopted(draft: PlanDraft, settings: readonly Rule[], from: Subject | null, to: Subject): Partial<PlanDraft> {
  const asIs = settings.filter((rule) => rule.has_default && draft[DRAFT_FIELDS[rule.key]] === defaultOf(rule, from));
  return Object.fromEntries(asIs.map((rule) => [DRAFT_FIELDS[rule.key], defaultOf(rule, to)]));
}

/** Return a value of the setting in words. */
export function ruleText(rule: Pick<Rule, "key" | "unit">, value: unknown, t: Translate): string {
  if (rule.unit === "FLAG") return t(value ? "office.session.rule.yes" : "office.session.rule.no");
  if (rule.unit === "CHOICE") return t(`office.session.${CHOICES[rule.key]}.${String(value)}`);
  if (rule.unit === "LINES") return linesText(value as readonly string[], t);
  if (value === null) return t("office.session.rule.noneEarly");
  return t(rule.unit === "SECONDS" ? "office.secondsText" : "office.minutesText", { number: value });
}

function linesText(lines: readonly string[], t: Translate): string {
  if (lines.length === 0) return t("office.condition.none");
  return lines.map((text, index) => t("office.condition.numbered", { number: index + 1, text })).join("\n");
}

const CHOICES: Readonly<Partial<Record<RuleKey, string>>> = { clock_rule: "clock", camera_rule: "camera", navigation: "navigationRule" };
