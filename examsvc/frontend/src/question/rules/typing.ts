/** Answers that are typed. Pure. */

import type { Answer } from "@/journal/entries";

import type { ItemType, QuestionBody } from "../types";

const MOST = 4_000;
const MOST_EXTENDED = 20_000;

/** How many characters an answer of the type may have. */
export function mostCharacters(type: ItemType): number {
  return type === "EXTENDED_ANSWER" ? MOST_EXTENDED : MOST;
}

/** The answer after text was typed; nothing but emptiness clears it. */
export function typed(text: string, most = MOST): Answer {
  const kept = storable(text, most);
  return kept === "" ? null : { text: kept };
}

/** What stands in a text field. */
export function textOf(answer: Answer | undefined): string {
  return answer && "text" in answer ? answer.text : "";
}

/** The answer after text was typed into one blank. */
export function filled(question: QuestionBody, answer: Answer, index: number, text: string): Answer {
  const blanks = Array.from({ length: question.blanks ?? 0 }, (_, place) => blankOf(answer, place));
  blanks[index] = storable(text, MOST);
  return blanks.every((blank) => blank === "") ? null : { blanks };
}

/** What stands in a blank. */
export function blankOf(answer: Answer | undefined, index: number): string {
  return answer && "blanks" in answer ? (answer.blanks[index] ?? "") : "";
}

/** Whether text looks like a number; only a hint, the text is sent as typed. */
export function looksNumeric(text: string): boolean {
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text.normalize("NFKC").trim());
}

/** How many characters people count in a text: spaces and line breaks are none. */
export function written(text: string): number {
  return Array.from(text.replace(/\s/gu, "")).length;
}

/** Text that any database can store: without NUL and without halves of characters. */
function storable(text: string, most: number): string {
  const whole = Array.from(text).filter((character) => character !== "\u0000" && !isHalf(character));
  return whole.slice(0, most).join("");
}

function isHalf(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xd800 && code <= 0xdfff;
}
