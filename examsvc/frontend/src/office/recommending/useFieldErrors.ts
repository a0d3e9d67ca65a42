import type { Ref } from "vue";
import { useI18n } from "vue-i18n";

import { Refusal } from "@/api/refusal";

import { faultKey } from "../parts/fieldFault";

/** Return a function that says what the server found wrong with a field, in the page's language, or "". */
export function useFieldErrors(failure: Readonly<Ref<unknown>>): (field: string) => string {
  const { t } = useI18n();
  return (field) => {
    const errors = failure.value instanceof Refusal ? failure.value.errors : {};
    const mine = Object.entries(errors).filter(([path]) => [field, `json.${field}`].some((one) => path === one || path.startsWith(`${one}.`)));
    return [...new Set(mine.flatMap(([, messages]) => messages).map((message) => t(faultKey(message))))].join(" ");
  };
}
