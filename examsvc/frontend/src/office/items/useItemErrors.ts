import { useI18n } from "vue-i18n";

import { Refusal } from "@/api/refusal";

import type { Action } from "../parts/useAction";

export type ErrorOf = (field: string) => string;

/** Return what the server said about a field: `bad_item` names the field and the fault, other refusals name paths. */
export function useItemErrors(action: Action): ErrorOf {
  const { t } = useI18n();
  return (field) => {
    const refused = action.failure.value;
    if (refused instanceof Refusal && refused.code === "bad_item" && refused.extra.field === field) {
      return t(`office.item.fault.${String(refused.extra.fault)}`);
    }
    if (refused instanceof Refusal && refused.code === "code_taken" && field === "code") return t("office.item.codeTaken");
    if (refused instanceof Refusal && refused.code === "external_id_taken" && field === "external_id") return t("office.writing.externalIdTaken");
    return action.errorOf(field);
  };
}
