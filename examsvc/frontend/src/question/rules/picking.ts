/** Answers that are picked from options: one, several, true or false, one for each gap, a partner for each. Pure. */

import type { Answer } from "@/journal/entries";

import type { ItemType, Option, QuestionBody } from "../types";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const CHOICES: ReadonlySet<ItemType> = new Set(["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE"]);

/** Whether a question is answered by picking among its options. */
export function isChoice(type: ItemType): boolean {
  return CHOICES.has(type);
}

/** The letter that an option is shown with; options are lettered as this candidate sees them. */
export function letterOf(index: number): string {
  return LETTERS[index] ?? String(index + 1);
}

/** The options to pick from; true and false are options too, their texts stand with the page's words. */
export function optionsOf(question: QuestionBody): Option[] {
  if (question.type !== "TRUE_FALSE") return question.options ?? [];
  return [
    { id: "true", text: "" },
    { id: "false", text: "" },
  ];
}

/** The answer after an option was picked: the one of a single choice, one more or one less of a multiple one. */
export function picked(question: QuestionBody, answer: Answer, id: string): Answer {
  if (question.type === "TRUE_FALSE") return { value: id === "true" };
  if (question.type === "SINGLE_CHOICE") return { choice: id };
  const before = answer && "choices" in answer ? answer.choices : [];
  const after = before.includes(id) ? before.filter((choice) => choice !== id) : [...before, id];
  const inOrder = (question.options ?? []).map((option) => option.id).filter((choice) => after.includes(choice));
  return inOrder.length ? { choices: inOrder } : null;
}

/** Whether an option is picked. */
export function isPicked(answer: Answer | undefined, id: string): boolean {
  if (!answer) return false;
  if ("choice" in answer) return answer.choice === id;
  if ("choices" in answer) return answer.choices.includes(id);
  return "value" in answer && String(answer.value) === id;
}

/** The answer after a gap got an option, or lost it (`null`). */
export function gapFilled(question: QuestionBody, answer: Answer, index: number, id: string | null): Answer {
  const gaps = (question.gaps ?? []).map((_, place) => (place === index ? id : gapOf(answer, place)));
  return gaps.every((gap) => gap === null) ? null : { gaps };
}

/** The option that stands in a gap. */
export function gapOf(answer: Answer, index: number): string | null {
  return answer && "gaps" in answer ? (answer.gaps[index] ?? null) : null;
}

/** The answer after an option of the left side got a partner, or lost it (`null`). */
export function paired(question: QuestionBody, answer: Answer, left: string, right: string | null): Answer {
  const partners = (question.options ?? []).map(({ id }) => [id, id === left ? right : partnerOf(answer, id)] as const);
  const pairs = partners.filter((pair): pair is [string, string] => pair[1] !== null);
  return pairs.length ? { pairs: Object.fromEntries(pairs) } : null;
}

/** The partner of an option of the left side. */
export function partnerOf(answer: Answer, left: string): string | null {
  return answer && "pairs" in answer ? (answer.pairs[left] ?? null) : null;
}
