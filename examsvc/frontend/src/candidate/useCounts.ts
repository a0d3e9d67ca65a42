/** How far a candidate is: what is answered, begun and flagged. */

import { computed, type Ref } from "vue";

import type { Held } from "@/journal/entries";
import { isAnswered, isPartly } from "@/question/rules/answers";

import type { Question } from "./types";

export function useCounts(questions: Readonly<Ref<Question[]>>, heldOf: (itemRef: string) => Held) {
  const count = (counts: (question: Question, held: Held) => boolean) =>
    computed(() => questions.value.filter((question) => counts(question, heldOf(question.ref))).length);
  return {
    answeredCount: count((_, { answer }) => isAnswered(answer)),
    partlyCount: count((question, { answer }) => isPartly(question, answer)),
    flaggedCount: count((_, { flagged }) => flagged),
  };
}
