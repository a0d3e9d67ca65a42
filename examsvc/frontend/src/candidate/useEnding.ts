/** The paper's end: handed in, put away, and what did not arrive in time handed over. */

import type { Ref } from "vue";

import { Refusal } from "@/api/refusal";
import type { Journal } from "@/journal/journal";
import { forgetPlays } from "@/question/media/plays";

import type { useAfterwards } from "./rescue/useAfterwards";
import { forgetNotes } from "./tools/notes";
import type { Paper } from "./types";
import type { SittingJournal } from "./useJournal";
import type { Sitting } from "./useSitting";

interface Page {
  sitting: Sitting;
  journal: SittingJournal;
  paper: Ref<Paper | null>;
  afterwards: ReturnType<typeof useAfterwards>;
  /** Claim the sitting now, where that still waits for this page's turn. */
  admitted(): Promise<void>;
}

export function useEnding({ sitting, journal, paper, afterwards, admitted }: Page) {
  /** Note on disk first that the candidate hands in. */
  async function markHandIn(): Promise<void> {
    journal.opened()?.flush();
    await journal.opened()?.marks.handIn(new Date(journal.now()));
  }

  /** The candidate goes on, or the server refused the hand-in for good. */
  async function clearHandIn(): Promise<void> {
    await journal.opened()?.marks.clearHandIn();
  }

  /** Hand in what the server has confirmed; throws its refusal. What it lacks all the same is sent again. */
  async function handIn(): Promise<void> {
    const own = journal.opened();
    if (!own) return;
    if (own.epoch === 0) await admitted();
    const told = sitting.api.handIn(own.epoch, own.acknowledgedSeq, own.marks.handInAt);
    const seen = await told.catch((thrown: unknown) => regain(own, thrown));
    if (seen.finish_reason === "BY_CANDIDATE") await clearHandIn();
    sitting.adopt(seen);
  }

  /** Put the paper away: the sitting is over. What was not delivered in time is handed over as late. */
  async function putAway(): Promise<void> {
    const own = journal.opened();
    if (!own || afterwards.isUnderWay()) return;
    paper.value = null;
    own.stop("closed");
    forgetPlays(sitting.id);
    forgetNotes(sitting.id);
    await afterwards.run(own);
    if (own.marks.handInAt) await sitting.refresh(); // it may have been recognised
  }

  /** The page was opened after the end: what an earlier one wrote here and could not deliver is handed over as late. */
  async function handOverLeft(): Promise<void> {
    if (await journal.openLeft()) await putAway();
  }

  /** It continues on paper: whatever this machine still holds is handed over as late. */
  async function handOver(): Promise<void> {
    const own = await journal.open();
    await own.marks.load();
    await putAway();
  }

  /**
   * A server that was set back confirms lines that it does not have any more; it says up to where it has them. A page that
   * is fenced goes on by itself, if it was only the office who fenced it.
   */
  function regain(own: Journal, thrown: unknown): never {
    const stored = thrown instanceof Refusal && thrown.code === "responses_missing" ? thrown.extra.acknowledged_seq : null;
    if (typeof stored === "number") own.delivery.sendAgain(stored);
    if (thrown instanceof Refusal && thrown.code === "epoch_superseded") own.delivery.lookBehind(own.epoch + 1);
    throw thrown;
  }

  return { markHandIn, clearHandIn, handIn, putAway, handOverLeft, handOver };
}
