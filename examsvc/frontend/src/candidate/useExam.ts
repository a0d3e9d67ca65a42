/** The paper in this page's hands: claims the sitting, holds questions and answers, keeps the journal. */

import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";
import type { Answer, Held } from "@/journal/entries";
import { Journal } from "@/journal/journal";
import { lastWordsIn } from "@/journal/lastWords";
import { openStore } from "@/journal/store";
import type { Claimed, JournalStatus } from "@/journal/surroundings";
import type { Receipt } from "@/journal/wire";
import { forgetPlays } from "@/question/media/plays";
import { isAnswered, isPartly } from "@/question/rules/answers";
import { serverClock } from "@/time/serverClock";

import { forgetNotes } from "./tools/notes";
import { keepChainHead } from "./receipts";
import { reachedPlace } from "./rules/sequence";
import type { Paper, Question } from "./types";
import type { Sitting } from "./useSitting";

export type Exam = ReturnType<typeof useExam>;

const EMPTY: Held = { answer: null, flagged: false };
const QUIET: JournalStatus = { unsaved: 0, isReachable: true, halt: null, isDurable: true, superseded: 0, refused: 0 };

export function useExam(sitting: Sitting) {
  const paper = shallowRef<Paper | null>(null);
  const held = reactive(new Map<string, Held>());
  const status = shallowRef<JournalStatus>(QUIET);
  const isEntering = ref(false);
  let journal: Journal | null = null;
  let isAway = false;

  const questions = computed<Question[]>(() => paper.value?.sections.flatMap((section) => section.questions) ?? []);
  const answeredCount = computed(
    () => questions.value.filter(({ ref: itemRef }) => isAnswered(heldOf(itemRef).answer)).length,
  );
  const partlyCount = computed(
    () => questions.value.filter((question) => isPartly(question, heldOf(question.ref).answer)).length,
  );
  const isSequential = computed(() => sitting.view.value?.exam_session.navigation === "SEQUENTIAL");
  const reached = computed(() =>
    reachedPlace(
      questions.value.map(({ ref: itemRef }) => itemRef),
      held.keys(),
    ),
  );
  const flaggedCount = computed(() => questions.value.filter(({ ref: itemRef }) => heldOf(itemRef).flagged).length);

  function heldOf(itemRef: string): Held {
    return held.get(itemRef) ?? EMPTY;
  }

  /** Claim the sitting for this page and fetch the paper; throws what the server refused. Also takes over again. */
  async function enter(): Promise<void> {
    if (isEntering.value) return;
    isEntering.value = true;
    try {
      journal ??= await openJournal();
      isAway = false;
      take(await journal.claim());
      paper.value ??= await sitting.api.paper();
      await sitting.refresh();
    } finally {
      isEntering.value = false;
    }
  }

  async function openJournal(): Promise<Journal> {
    const wire = { claim: sitting.api.claim, send: sitting.api.respond };
    return new Journal(
      sitting.id,
      await openStore(),
      lastWordsIn(() => localStorage),
      wire,
      {
        now: () => new Date(serverClock.now() ?? performance.timeOrigin + performance.now()),
        leftMs: untilClose,
        changed: () => (status.value = journal?.status ?? QUIET),
        received,
        reclaimed: take,
      },
    );
  }

  function take({ claim, held: now }: Claimed): void {
    held.clear();
    for (const [itemRef, each] of now) held.set(itemRef, each);
    sitting.amend({ server_now: claim.server_now, closes_at: claim.closes_at, epoch: claim.epoch });
    keepChainHead(sitting.id, claim.chain_head);
  }

  function received(receipt: Receipt): void {
    sitting.isConnected.value = true;
    sitting.amend({
      server_now: receipt.server_now,
      closes_at: receipt.closes_at,
      answered_count: receipt.answered_count,
    });
    keepChainHead(sitting.id, receipt.chain_head);
  }

  /** Milliseconds until the close, negative within the grace; null without an end. */
  function untilClose(): number | null {
    const [closesAt, now] = [sitting.view.value?.closes_at, serverClock.now()];
    return closesAt && now !== null ? Date.parse(closesAt) - now : null;
  }

  /** Answer at once (a choice), or after a pause in typing (text). */
  function answer(itemRef: string, given: Answer, isTyping = false): void {
    change(itemRef, { ...heldOf(itemRef), answer: given }, isTyping);
  }

  function flag(itemRef: string, flagged: boolean): void {
    change(itemRef, { ...heldOf(itemRef), flagged }, false);
  }

  function change(itemRef: string, now: Held, isTyping: boolean): void {
    held.set(itemRef, now);
    if (isTyping) journal?.draft(itemRef, now);
    else journal?.record(itemRef, now);
  }

  /** Go on to a question that cannot be left backwards: a line about it in the journal says that it was reached. */
  function reach(itemRef: string): void {
    change(itemRef, heldOf(itemRef), false);
  }

  /** Hand in what the server has confirmed; throws its refusal. */
  async function handIn(): Promise<void> {
    if (!journal) return;
    sitting.adopt(await sitting.api.handIn(journal.epoch, journal.acknowledgedSeq));
  }

  /** Put the paper away: the sitting is over. What never reached the server stays on this machine. */
  async function putAway(): Promise<void> {
    if (!journal || isAway) return;
    isAway = true;
    paper.value = null;
    journal.stop("closed");
    forgetPlays(sitting.id);
    forgetNotes(sitting.id);
    await journal.forget();
  }

  // The server takes nothing any more: ask it how the sitting stands.
  watch(
    () => status.value.halt,
    (halt) => {
      if (halt === "closed" && !sitting.isOver.value) void sitting.refresh();
    },
  );

  const flush = (): void => journal?.flush();
  const leave = (): void => journal?.leave();
  const leaveWhenHidden = (): void => {
    if (document.visibilityState === "hidden") leave();
  };
  const warnWhenUnsaved = (event: BeforeUnloadEvent): void => {
    leave();
    if (status.value.unsaved > 0 && !sitting.isOver.value) event.preventDefault();
  };
  addEventListener("online", flush);
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", warnWhenUnsaved);
  document.addEventListener("visibilitychange", leaveWhenHidden);
  onScopeDispose(() => {
    removeEventListener("online", flush);
    removeEventListener("pagehide", leave);
    removeEventListener("beforeunload", warnWhenUnsaved);
    document.removeEventListener("visibilitychange", leaveWhenHidden);
    journal?.stop("closed");
  });

  return {
    paper,
    questions,
    status,
    isEntering,
    answeredCount,
    partlyCount,
    flaggedCount,
    heldOf,
    enter,
    isSequential,
    reached,
    answer,
    flag,
    reach,
    flush,
    handIn,
    putAway,
    untilClose,
  };
}

/** Whether a refused entrance is worth trying again by itself. */
export function isWorthAnotherTry(thrown: unknown): boolean {
  return thrown instanceof Refusal && thrown.isTransient;
}
