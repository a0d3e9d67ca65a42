/** What a page still does for a sitting that is over: hand over what came late, then forget what is confirmed. */

import { shallowRef } from "vue";

import type { Journal } from "@/journal/journal";

import { deliver, type LateHandIn, type Office } from "./afterwards";

/** Lines that came late: on their way to the office as evidence, there, or not taken. */
export interface Late {
  lines: number;
  state: "sending" | "kept" | "refused";
}

export function useAfterwards(office: Office) {
  const late = shallowRef<Late>({ lines: 0, state: "sending" });
  let underWay = false;

  async function run(journal: Journal): Promise<void> {
    underWay = true;
    const lines = await journal.lines.unconfirmed();
    late.value = { lines: lines.length, state: "sending" };
    const counts = await journal.lines.counts();
    const remaining = { lines, handIn: handInOf(journal, counts), counts, receipt: journal.marks.receipt };
    const kept = await deliver(remaining, office, () => underWay);
    if (!underWay) return;
    late.value = kept === null ? { lines: lines.length, state: "refused" } : { lines: kept, state: "kept" };
    await journal.forget();
  }

  /** The sitting goes on after all: an extension has reopened it. */
  const stop = (): void => void (underWay = false);

  return { late, isUnderWay: (): boolean => underWay, run, stop };
}

/** A page that never claimed knows from its disk what was confirmed. */
function handInOf(journal: Journal, counts: Awaited<ReturnType<Journal["lines"]["counts"]>>): LateHandIn | null {
  const { handInAt } = journal.marks;
  if (!handInAt) return null;
  const own = { epoch: journal.epoch, acknowledged_seq: journal.acknowledgedSeq };
  const { epoch, acknowledged_seq } = journal.epoch > 0 ? own : (counts.at(-1) ?? own);
  return { hand_in_at: handInAt, epoch, last_seq: acknowledged_seq };
}
