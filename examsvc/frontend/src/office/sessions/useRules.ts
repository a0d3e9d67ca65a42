/** The settings of exam sessions with their defaults and sources, by the session's field; empty until they came. */

import { onMounted, ref } from "vue";

import { api, type Schemas, take } from "@/api/client";

export type Rules = ReadonlyMap<string, Schemas["SessionRuleView"]>;

/** Without the sources the settings can still be made. */
export function useRules() {
  const rules = ref<Rules>(new Map());
  onMounted(async () => {
    const { items } = await take(api.GET("/api/exam-sessions/rules"));
    rules.value = new Map(items.map((rule) => [rule.key, rule]));
  });
  return rules;
}
