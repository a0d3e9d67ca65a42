import { useI18n } from "vue-i18n";

import { Refusal } from "@/api/refusal";

import type { Action } from "../parts/useAction";
import type { ErrorOf } from "./useItemErrors";

/** Return what the server said about a field of a practical task. */
export function usePracticalErrors(action: Action): ErrorOf {
  const { t } = useI18n();
  return (field) => {
    const refused = action.failure.value;
    if (refused instanceof Refusal && refused.code === "bad_practical_task" && refused.extra.field === field) {
      return t(`office.practical.fault.${String(refused.extra.fault)}`);
    }
    if (refused instanceof Refusal && refused.code === "code_taken" && field === "code") return t("office.item.codeTaken");
    return action.errorOf(field);
  };
}
