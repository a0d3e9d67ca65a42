/** Answers that are made of the answers of parts. Pure. */

import type { Answer } from "@/journal/entries";

import type { QuestionBody } from "../types";

/** The answer of a part. */
export function partOf(answer: Answer, id: string): Answer {
  return answer && "parts" in answer ? (answer.parts[id] ?? null) : null;
}

/** The answer after a part was answered anew; empty when no part has one any more. */
export function partAnswered(question: QuestionBody, answer: Answer, id: string, given: Answer): Answer {
  const ids = (question.parts ?? []).map((part) => part.id);
  const parts = Object.fromEntries(ids.map((each) => [each, each === id ? given : partOf(answer, each)]));
  return Object.values(parts).every((part) => part === null) ? null : { parts };
}
