/** What the settings of a session say in words. Pure. */

import type { Schemas } from "@/api/client";

type Rule = Schemas["SessionRuleView"];
type Translate = (key: string, words?: Record<string, unknown>) => string;

/** Whether the session decided otherwise than the default of either kind of exam. */
export function isOwnDecision(rule: Rule, value: unknown): boolean {
  return value !== rule.default && !(rule.has_practical && value === rule.practical);
}

/** Return a value of the setting in words. */
export function ruleText(rule: Pick<Rule, "key" | "unit">, value: unknown, t: Translate): string {
  if (rule.unit === "FLAG") return t(value ? "office.session.rule.yes" : "office.session.rule.no");
  if (rule.unit === "CHOICE") return t(`office.session.${CHOICES[rule.key]}.${String(value)}`);
  if (value === null) return t("office.session.rule.noneEarly");
  return t(rule.unit === "SECONDS" ? "office.secondsText" : "office.minutesText", { number: value });
}

const CHOICES: Readonly<Record<string, string>> = { clock_rule: "clock", camera_rule: "camera", navigation: "navigationRule" };
