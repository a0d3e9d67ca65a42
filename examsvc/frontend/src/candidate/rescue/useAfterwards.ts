/** What a page still does for a sitting that is over: hand over what came late, then forget what is confirmed. */

import { shallowRef } from "vue";

import type { Journal } from "@/journal/journal";

import { deliver, type Office } from "./afterwards";

export function useAfterwards(office: Office) {
  /** Lines that came late: on their way to the office as evidence, or there. */
  const late = shallowRef({ lines: 0, isKept: false });
  let underWay = false;

  async function run(journal: Journal): Promise<void> {
    underWay = true;
    const lines = await journal.lines.unconfirmed();
    late.value = { lines: lines.length, isKept: false };
    const { receipt, handInAt } = journal.marks;
    const remaining = { lines, handInAt, counts: await journal.lines.counts(), receipt };
    const isKept = await deliver(remaining, office, () => underWay);
    late.value = { lines: lines.length, isKept };
    if (underWay) await journal.forget();
  }

  /** The sitting goes on after all: an extension has reopened it. */
  const stop = (): void => void (underWay = false);

  return { late, isUnderWay: (): boolean => underWay, run, stop };
}
