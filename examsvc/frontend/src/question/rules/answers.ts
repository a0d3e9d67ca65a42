/** Whether a question is answered, wholly or in part. Pure. */

import type { Answer } from "@/journal/entries";

import type { QuestionBody } from "../types";

/** Whether there is something in an answer, by the server's own rule: not cleared, not only spaces. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (!answer) return false;
  if ("text" in answer) return isWritten(answer.text);
  if ("blanks" in answer) return answer.blanks.some(isWritten);
  if ("choices" in answer) return answer.choices.length > 0;
  if ("gaps" in answer) return answer.gaps.some((gap) => gap !== null);
  if ("pairs" in answer) return Object.keys(answer.pairs).length > 0;
  if ("points" in answer) return answer.points.length > 0;
  return "parts" in answer ? Object.values(answer.parts).some(isAnswered) : true;
}

/** Whether some places of an answer (blanks, gaps, pairs, parts) are filled and others not. */
export function isPartly(question: QuestionBody, answer: Answer | undefined): boolean {
  return isAnswered(answer) && placesOf(question, answer ?? null).includes(false);
}

/** How many places of a question are filled, of how many; a question of one piece has one place. */
export function fillingOf(question: QuestionBody, answer: Answer): { filled: number; places: number } {
  const places = placesOf(question, answer);
  return { filled: places.filter(Boolean).length, places: places.length };
}

/** Each place of a question: whether it is filled. */
function placesOf(question: QuestionBody, answer: Answer): boolean[] {
  if (!answer) return [false];
  if ("blanks" in answer) return answer.blanks.map(isWritten);
  if ("gaps" in answer) return answer.gaps.map((gap) => gap !== null);
  if ("pairs" in answer) return (question.options ?? []).map(({ id }) => id in answer.pairs);
  if ("parts" in answer) return (question.parts ?? []).map((part) => isWhole(part, answer.parts[part.id]));
  return [isAnswered(answer)];
}

function isWhole(question: QuestionBody, answer: Answer | undefined): boolean {
  return isAnswered(answer) && !isPartly(question, answer);
}

function isWritten(text: string): boolean {
  return text.trim() !== "";
}
