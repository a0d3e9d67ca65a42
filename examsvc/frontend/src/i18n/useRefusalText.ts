import { useI18n } from "vue-i18n";

import { Refusal } from "@/api/refusal";

/** Return a function that says in the page's language why a call failed. */
export function useRefusalText(): (thrown: unknown) => string {
  const { t, te } = useI18n();
  return (thrown) => {
    if (!(thrown instanceof Refusal)) {
      console.error(thrown);
      return t("refusals.fault_in_page");
    }
    const key = `refusals.${thrown.code}`;
    return te(key) ? t(key, thrown.extra) : thrown.detail || t("refusals.bad_answer");
  };
}
