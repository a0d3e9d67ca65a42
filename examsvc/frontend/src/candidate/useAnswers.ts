/** What the candidate's questions look like now; every change is written in the journal. */

import { reactive, type Ref } from "vue";

import type { Answer, Held } from "@/journal/entries";
import type { Journal } from "@/journal/journal";

import type { Question } from "./types";
import { useCounts } from "./useCounts";

const EMPTY: Held = { answer: null, flagged: false };

export function useAnswers(questions: Readonly<Ref<Question[]>>, journal: () => Journal | null) {
  const held = reactive(new Map<string, Held>());

  function heldOf(itemRef: string): Held {
    return held.get(itemRef) ?? EMPTY;
  }

  /** Show what a journal holds in place of what was shown. */
  function showAll(now: ReadonlyMap<string, Held>): void {
    held.clear();
    for (const [itemRef, each] of now) held.set(itemRef, each);
  }

  /** Answer at once (a choice), or after a pause in typing (text). */
  function answer(itemRef: string, given: Answer, isTyping = false): void {
    change(itemRef, { ...heldOf(itemRef), answer: given }, isTyping);
  }

  function flag(itemRef: string, flagged: boolean): void {
    change(itemRef, { ...heldOf(itemRef), flagged }, false);
  }

  /** Go on to a question that cannot be left backwards: a line about it in the journal says that it was reached. */
  function reach(itemRef: string): void {
    change(itemRef, heldOf(itemRef), false);
  }

  function change(itemRef: string, now: Held, isTyping: boolean): void {
    held.set(itemRef, now);
    if (isTyping) journal()?.draft(itemRef, now);
    else journal()?.record(itemRef, now);
  }

  return { ...useCounts(questions, heldOf), held, heldOf, showAll, answer, flag, reach };
}
