/** When a page stops waiting for the answers of a sitting that is over, and hands over what it holds as late. Pure. */

import type { JournalStatus } from "@/journal/surroundings";

/** Sending has ended for good: a sitting that is over is claimed by nobody, so a page that was fenced stays so. */
const ENDED: ReadonlySet<JournalStatus["halt"]> = new Set<JournalStatus["halt"]>(["closed", "superseded"]);

/** Whether no answer is under way any more: when time was up, one may still arrive within the grace. */
export function isSettled({ unsaved, halt }: Pick<JournalStatus, "unsaved" | "halt">, isTimeUp: boolean): boolean {
  return unsaved === 0 || !isTimeUp || ENDED.has(halt);
}
