/** What an answer is, question by question. Pure. */

import type { Answer } from "@/journal/entries";

import type { ItemType, Option, Question } from "../types";

export const MOST_CHARACTERS = 4_000;
export const BLANK = /_{4,}/;
const LETTERS = "ABCDEFGH";

/** The letter that an option is shown with; options are lettered as this candidate sees them. */
export function letterOf(index: number): string {
  return LETTERS[index] ?? String(index + 1);
}

/** Whether there is something in an answer, by the server's own rule: not cleared, not only spaces. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (!answer) return false;
  if ("text" in answer) return answer.text.trim() !== "";
  if ("blanks" in answer) return answer.blanks.some((blank) => blank.trim() !== "");
  return "choices" in answer ? answer.choices.length > 0 : true;
}

/** Whether some blanks of a fill-in are filled and others not. */
export function isPartly(answer: Answer | undefined): boolean {
  if (!answer || !("blanks" in answer)) return false;
  return isAnswered(answer) && answer.blanks.some((blank) => blank.trim() === "");
}

/** The answer after an option was picked: the one of a single choice, one more or one less of a multiple one. */
export function picked(type: ItemType, question: Question, answer: Answer, id: string): Answer {
  if (type === "TRUE_FALSE") return { value: id === "true" };
  if (type === "SINGLE_CHOICE") return { choice: id };
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

/** The answer after text was typed; nothing but emptiness clears it. */
export function typed(text: string): Answer {
  const kept = storable(text);
  return kept === "" ? null : { text: kept };
}

/** The answer after text was typed into one blank. */
export function filled(question: Question, answer: Answer, index: number, text: string): Answer {
  const blanks = Array.from({ length: question.blanks ?? 0 }, (_, place) => blankOf(answer, place));
  blanks[index] = storable(text);
  return blanks.every((blank) => blank === "") ? null : { blanks };
}

/** What stands in a blank. */
export function blankOf(answer: Answer | undefined, index: number): string {
  return answer && "blanks" in answer ? (answer.blanks[index] ?? "") : "";
}

/** What stands in a text field. */
export function textOf(answer: Answer | undefined): string {
  return answer && "text" in answer ? answer.text : "";
}

/** The stem cut at its blanks: one part more than there are blanks. A stem without marks gets its blanks at the end. */
export function partsOf(question: Question): string[] {
  const parts = question.stem.split(new RegExp(BLANK, "g"));
  const wanted = (question.blanks ?? 0) + 1;
  while (parts.length < wanted) parts.push("");
  return parts.length === wanted ? parts : [...parts.slice(0, wanted - 1), parts.slice(wanted - 1).join("____")];
}

/** Whether text looks like a number; only a hint, the text is sent as typed. */
export function looksNumeric(text: string): boolean {
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text.normalize("NFKC").trim());
}

/** Text that any database can store: without NUL and without halves of characters. */
function storable(text: string): string {
  const whole = Array.from(text).filter((character) => character !== "\u0000" && !isHalf(character));
  return whole.join("").slice(0, MOST_CHARACTERS);
}

function isHalf(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xd800 && code <= 0xdfff;
}

/** The options to pick from; true and false are options too, their texts stand with the page's words. */
export function optionsOf(question: Question & { type: ItemType }): Option[] {
  if (question.type !== "TRUE_FALSE") return question.options ?? [];
  return [
    { id: "true", text: "" },
    { id: "false", text: "" },
  ];
}
