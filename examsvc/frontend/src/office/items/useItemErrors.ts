import { useI18n } from "vue-i18n";

import { Refusal } from "@/api/refusal";

import { faultKey } from "../parts/fieldFault";
import type { Action } from "../parts/useAction";

export type ErrorOf = (field: string) => string;

const TAKEN: Readonly<Record<string, [field: string, word: string]>> = {
  code_taken: ["code", "office.item.codeTaken"],
  external_id_taken: ["external_id", "office.writing.externalIdTaken"],
};

/**
 * Return the keys of the words for what the server said about a field: `bad_item` names the field and the fault, other
 * refusals name paths. What is wrong within a field (`content.media.0.plays`) is told with the field.
 */
export function itemFaults(refused: Refusal, field: string): string[] {
  if (refused.code === "bad_item") return refused.extra.field === field ? [`office.item.fault.${String(refused.extra.fault)}`] : [];
  const [taken, word] = TAKEN[refused.code] ?? [];
  if (word) return taken === field ? [word] : [];
  const paths = Object.entries(refused.errors).filter(([path]) => `${path}.`.startsWith(`json.${field}.`));
  return [...new Set(paths.flatMap(([, messages]) => messages.map(faultKey)))];
}

/** Return what the server said about each field of an item, in the page's language. */
export function useItemErrors(action: Action): ErrorOf {
  const { t } = useI18n();
  return (field) => {
    const refused = action.failure.value;
    return refused instanceof Refusal ? itemFaults(refused, field).map((key) => t(key)).join(" ") : "";
  };
}
