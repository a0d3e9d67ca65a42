/** Answers that put things in an order. Pure. */

import type { Answer } from "@/journal/entries";

import type { Option, QuestionBody } from "../types";

/** The ids as the candidate has put them, or as they were shown at first. */
export function orderOf(question: QuestionBody, answer: Answer): string[] {
  return answer && "order" in answer ? answer.order : (question.options ?? []).map(({ id }) => id);
}

/** The order after the one at `from` went to `to`; the same one when there is no such place. */
export function moved(order: readonly string[], from: number, to: number): string[] {
  const after = [...order];
  const [id] = after.splice(from, 1);
  if (id === undefined || to < 0 || to >= order.length) return [...order];
  after.splice(to, 0, id);
  return after;
}

/** The options in an order. */
export function inOrder(question: QuestionBody, order: readonly string[]): Option[] {
  const options = new Map((question.options ?? []).map((option) => [option.id, option]));
  return order.flatMap((id) => options.get(id) ?? []);
}

/** The place that a height points at, among rows with these tops and heights. */
export function placeAt(height: number, rows: readonly { top: number; height: number }[]): number {
  const above = rows.filter((row) => row.top + row.height <= height).length;
  return Math.min(above, rows.length - 1);
}
