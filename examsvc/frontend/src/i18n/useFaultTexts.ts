import { Refusal } from "@/api/refusal";

import { useRefusalText } from "./useRefusalText";

/** Return a function that says refusals in the page's language that an answer lists as data. */
export function useFaultTexts(): (faults: readonly Readonly<Record<string, unknown>>[]) => string[] {
  const refusalText = useRefusalText();
  return (faults) => faults.map(({ code, detail, ...extra }) => refusalText(new Refusal(String(code), String(detail), 409, extra)));
}
