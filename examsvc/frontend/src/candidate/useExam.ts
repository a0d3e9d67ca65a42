/** The paper in this page's hands: claims the sitting, holds questions and answers, keeps the journal. */

import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";
import type { Journal } from "@/journal/journal";
import type { Claimed, JournalStatus } from "@/journal/surroundings";
import type { Claim, Receipt } from "@/journal/wire";
import { forgetPlays } from "@/question/media/plays";
import { serverClock } from "@/time/serverClock";

import { forgetNotes } from "./tools/notes";
import { useReach } from "./useReach";
import type { Start } from "./link/ProctorLink";
import { journalOf } from "./journalOf";
import { keepChainHead } from "./receipts";
import { isLeaving } from "./safeBrowser/leaving";
import { Admission } from "./sealed/admission";
import { useOpened } from "./sealed/useOpened";
import type { Preload } from "./sealed/usePreload";
import { saveRescueFile } from "./rescue/rescueFile";
import { useAfterwards } from "./rescue/useAfterwards";
import { useJournalReports } from "./rescue/useJournalReports";
import type { Question } from "./types";
import { useAnswers } from "./useAnswers";
import { useLeaving } from "./useLeaving";
import type { Sitting } from "./useSitting";

export type Exam = ReturnType<typeof useExam>;

const QUIET: JournalStatus = { unsaved: 0, isReachable: true, halt: null, isDurable: true, superseded: 0, refused: 0, handInAt: null };

export function useExam(sitting: Sitting, preload: Preload) {
  const { paper, files, show, openedBy } = useOpened(preload);
  const status = shallowRef<JournalStatus>(QUIET);
  const isEntering = ref(false);
  const afterwards = useAfterwards(sitting.api);
  const admission = new Admission(admit, untilClose, shutOut);
  let journal: Journal | null = null;
  const reports = useJournalReports(sitting, () => journal, status);

  const questions = computed<Question[]>(() => paper.value?.sections.flatMap((section) => section.questions) ?? []);
  const { held, showAll, ...answers } = useAnswers(questions, () => journal);
  const going = useReach(sitting, paper, held);

  /** Claim the sitting for this page and fetch the paper; throws what the server refused. Also takes over again. */
  async function enter(): Promise<void> {
    if (isEntering.value) return;
    isEntering.value = true;
    try {
      journal ??= await openJournal();
      afterwards.stop();
      const claim = take(await journal.claim());
      if (!paper.value) show((await openedBy(claim)) ?? { paper: await sitting.api.paper(), files: new Map() });
      await sitting.refresh();
    } finally {
      isEntering.value = false;
    }
  }

  /**
   * The common start was told: open the sealed paper at once, without asking anybody, and claim the sitting when it is
   * this page's turn. Until then the journal keeps what is answered. Without a sealed paper nothing happens here.
   */
  async function begin(start: Start): Promise<void> {
    if (isEntering.value) return;
    if (paper.value) return uncover(start);
    isEntering.value = true;
    try {
      const opened = await preload.open(start);
      if (!opened) return void sitting.refresh(); // it has begun: the page enters in the ordinary way
      journal ??= await openJournal();
      showAll(await journal.recall());
      show(opened);
      sitting.amend({ server_now: start.server_now, phase: "OPEN" });
      admission.within(start.claim_after_ms, start.claim_within_ms);
    } finally {
      isEntering.value = false;
    }
  }

  /** The common start has come and was not told here, for want of a line: ask for the keys, and go on as if it had been. */
  async function beginUntold(): Promise<void> {
    await begin({ claim_after_ms: 0, ...(await sitting.api.paperKey()) });
  }

  /** The start had been moved, and this page holds the paper since before. */
  function uncover({ server_now }: Start): void {
    if (sitting.view.value?.phase === "WAITING") sitting.amend({ server_now, phase: "OPEN" });
  }

  async function admit(canWait: boolean): Promise<void> {
    if (!journal || journal.epoch > 0) return;
    const claim = take(await journal.claim(canWait));
    // Thousands claim within a minute or two: what the answer says is enough, unless a proctor paused meanwhile.
    if (claim.paper_key && sitting.view.value?.state === "EXPECTED") sitting.amend({ state: "IN_PROGRESS" });
    else await sitting.refresh();
  }

  /** Nobody claims it any more: what was written before a claim is handed over as late. */
  function shutOut(code: string): void {
    if (code === "sitting_over") journal?.stop("closed");
    void sitting.refresh();
  }

  const openJournal = (): Promise<Journal> =>
    journalOf(sitting, {
      now: () => new Date(now()),
      leftMs: untilClose,
      changed: () => (status.value = journal?.status ?? QUIET),
      received,
      reclaimed: take,
    });

  /** The server's time as this page knows it, in milliseconds since 1970. */
  function now(): number {
    return serverClock.now() ?? performance.timeOrigin + performance.now();
  }

  function take({ claim, held }: Claimed): Claim {
    showAll(held);
    sitting.amend({ server_now: claim.server_now, closes_at: claim.closes_at, epoch: claim.epoch });
    keepChainHead(sitting.id, claim.chain_head);
    return claim;
  }

  function received({ server_now, closes_at, answered_count, chain_head }: Receipt): void {
    sitting.isConnected.value = true;
    sitting.amend({ server_now, closes_at, answered_count });
    keepChainHead(sitting.id, chain_head);
  }

  /** Milliseconds until the close, negative within the grace; null without an end. */
  function untilClose(): number | null {
    const [closesAt, now] = [sitting.view.value?.closes_at, serverClock.now()];
    return closesAt && now !== null ? Date.parse(closesAt) - now : null;
  }

  /** Note on disk first that the candidate hands in. */
  async function markHandIn(): Promise<void> {
    journal?.flush();
    await journal?.marks.handIn(new Date(now()));
  }

  /** The candidate goes on, or the server refused the hand-in for good. */
  async function clearHandIn(): Promise<void> {
    await journal?.marks.clearHandIn();
  }

  /** Hand in what the server has confirmed; throws its refusal. */
  async function handIn(): Promise<void> {
    if (!journal) return;
    if (journal.epoch === 0) await admission.now();
    const seen = await sitting.api.handIn(journal.epoch, journal.acknowledgedSeq, journal.marks.handInAt);
    if (seen.finish_reason === "BY_CANDIDATE") await clearHandIn();
    sitting.adopt(seen);
  }

  /** Put the paper away: the sitting is over. What was not delivered in time is handed over as late. */
  async function putAway(): Promise<void> {
    if (!journal || afterwards.isUnderWay()) return;
    paper.value = null;
    journal.stop("closed");
    forgetPlays(sitting.id);
    forgetNotes(sitting.id);
    await afterwards.run(journal);
    if (journal.marks.handInAt) await sitting.refresh(); // it may have been recognised
  }

  /** The page was opened after the end: what an earlier one wrote here and could not deliver is handed over as late. */
  async function handOverLeft(): Promise<void> {
    if (journal) return;
    const left = await openJournal();
    if (!(await left.hasLeft())) return;
    journal ??= left;
    await putAway();
  }

  /** It continues on paper: whatever this machine still holds is handed over as late. */
  async function handOver(): Promise<void> {
    journal ??= await openJournal();
    await journal.marks.load();
    await putAway();
  }

  async function saveRescue(): Promise<void> {
    if (journal && sitting.view.value) await saveRescueFile(sitting.view.value, journal, new Date(now()));
  }

  // The server takes nothing any more: ask it how the sitting stands.
  watch(
    () => status.value.halt,
    (halt) => {
      if (halt === "closed" && !sitting.isOver.value) void sitting.refresh();
      if (halt === "moved") sitting.isMoved.value = true;
    },
  );
  watch(sitting.isMoved, (isMoved) => isMoved && journal?.stop("moved"));

  function flush(): void {
    journal?.flush();
    if (paper.value && journal?.epoch === 0) void admission.now().catch(() => undefined);
  }

  function leave(): void {
    journal?.leave();
    reports.leaving();
  }

  /** On its way to prove itself the page leaves nothing behind that is not on disk. */
  function isUnsaved(): boolean {
    const isKept = isLeaving.value && status.value.isDurable;
    return status.value.unsaved > 0 && !sitting.isOver.value && !isKept;
  }

  useLeaving({ flush, leave, isUnsaved });
  onScopeDispose(() => {
    journal?.stop("closed");
    admission.stop();
  });

  return {
    paper,
    files,
    questions,
    status,
    isEntering,
    ...answers,
    enter,
    ...going,
    begin,
    beginUntold,
    flush,
    late: afterwards.late,
    now,
    markHandIn,
    clearHandIn,
    handIn,
    putAway,
    handOver,
    handOverLeft,
    saveRescueFile: saveRescue,
    untilClose,
  };
}

/** Whether a refused entrance is worth trying again by itself. */
export function isWorthAnotherTry(thrown: unknown): boolean {
  return thrown instanceof Refusal && thrown.isTransient;
}
