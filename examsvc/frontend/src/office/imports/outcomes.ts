import type { Schemas } from "@/api/client";
import type { Tone } from "@/shared/icons";

export type Outcome = keyof Schemas["ImportCounts"];

/** What becomes of an item, and how good the news is. */
export const OUTCOMES: Readonly<Record<Outcome, Tone>> = { NEW: "good", CHANGED: "info", SAME: "neutral", REFUSED: "bad" };

/** Return how many items and places of the file keep something out. */
export function faultCount(report: Schemas["ItemImportReport"]): number {
  return report.outcomes.REFUSED + report.errors;
}

/** Return how many items are written: new ones and next versions. */
export function writtenCount(report: Schemas["ItemImportReport"]): number {
  return report.outcomes.NEW + report.outcomes.CHANGED;
}
