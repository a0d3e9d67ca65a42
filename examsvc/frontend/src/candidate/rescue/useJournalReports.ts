/** Tells how far the journal goes while the exam runs; what is told at the end is `useAfterwards`'s. */

import { onScopeDispose, type Ref, watch } from "vue";

import type { Journal } from "@/journal/journal";
import type { JournalStatus } from "@/journal/surroundings";

import type { Sitting } from "../useSitting";
import { JournalReports, type Told } from "./JournalReports";

export function useJournalReports(sitting: Sitting, opened: () => Journal | null, status: Readonly<Ref<JournalStatus>>) {
  const reports = new JournalReports({
    known,
    tell: ({ counts, receipt }, isLeaving) => sitting.api.reportJournal(counts, receipt, isLeaving),
    nowMs: () => performance.now(),
    random: Math.random,
  });

  function known(): Told | null {
    const journal = opened();
    if (!journal || journal.epoch === 0 || sitting.isOver.value) return null;
    return { counts: journal.lines.countsInMemory(), receipt: journal.marks.receipt };
  }

  watch(
    () => status.value.isReachable,
    (isReachable) => isReachable && reports.returned(),
  );
  onScopeDispose(() => reports.stop());
  return reports;
}
