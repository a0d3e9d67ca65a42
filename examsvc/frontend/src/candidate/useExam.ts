/** The paper in this page's hands: claims the sitting, holds questions and answers, keeps the journal. */

import { computed } from "vue";

import { Refusal } from "@/api/refusal";

import { saveRescueFile } from "./rescue/rescueFile";
import { useAfterwards } from "./rescue/useAfterwards";
import { useJournalReports } from "./rescue/useJournalReports";
import { isLeaving } from "./safeBrowser/leaving";
import { useOpened } from "./sealed/useOpened";
import type { Preload } from "./sealed/usePreload";
import type { Question } from "./types";
import { useAnswers } from "./useAnswers";
import { useEnding } from "./useEnding";
import { useGoingOn } from "./useGoingOn";
import { useJournal } from "./useJournal";
import { useLeaving } from "./useLeaving";
import { useOpening } from "./useOpening";
import { useReach } from "./useReach";
import type { Sitting } from "./useSitting";

export type Exam = ReturnType<typeof useExam>;

export function useExam(sitting: Sitting, preload: Preload) {
  const shown = useOpened(preload);
  const { paper, files } = shown;
  const journal = useJournal(sitting, (now) => showAll(now));
  const { status, opened, now, untilClose } = journal;
  const afterwards = useAfterwards(sitting.api);
  const reports = useJournalReports(sitting, opened, status);

  const questions = computed<Question[]>(() => paper.value?.sections.flatMap((section) => section.questions) ?? []);
  const { held, showAll, ...answers } = useAnswers(questions, opened);
  const going = useReach(sitting, paper, held);
  const { admission, ...opening } = useOpening({ sitting, preload, journal, shown, showAll, goOn: afterwards.stop });
  const ending = useEnding({ sitting, journal, paper, afterwards, admitted: () => admission.now() });

  async function saveRescue(): Promise<void> {
    const own = opened();
    if (own && sitting.view.value) await saveRescueFile(sitting.view.value, own, new Date(now()));
  }

  function flush(): void {
    opened()?.flush();
    if (paper.value && opened()?.epoch === 0) void admission.now().catch(() => undefined);
  }

  function leave(): void {
    opened()?.leave();
    reports.leaving();
  }

  /** On its way to prove itself the page leaves nothing behind that is not on disk. */
  function isUnsaved(): boolean {
    const isKept = isLeaving.value && status.value.isDurable;
    return status.value.unsaved > 0 && !sitting.isOver.value && !isKept;
  }

  useGoingOn(sitting, journal, paper);
  useLeaving({ flush, leave, isUnsaved });

  return {
    paper,
    files,
    questions,
    status,
    ...answers,
    ...going,
    ...opening,
    ...ending,
    flush,
    late: afterwards.late,
    now,
    saveRescueFile: saveRescue,
    untilClose,
  };
}

/** Whether a refused entrance is worth trying again by itself. */
export function isWorthAnotherTry(thrown: unknown): boolean {
  return thrown instanceof Refusal && thrown.isTransient;
}
