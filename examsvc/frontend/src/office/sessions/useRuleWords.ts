import { useLanguage } from "@/i18n";

import type { FixedRule, Rule } from "./rules";

/** What the list of rules says in the language of the page. */
export function useRuleWords() {
  const { language } = useLanguage();
  const choose = (zh: string, en: string): string => (language.value === "en" ? en : zh);
  return {
    nameOf: (rule: Rule | FixedRule): string => choose(rule.name_zh, rule.name_en),
    sourceOf: (rule: Rule | FixedRule): string => choose(rule.source_zh, rule.source_en),
    valueOf: (rule: FixedRule): string => choose(rule.value_zh, rule.value_en),
  };
}
