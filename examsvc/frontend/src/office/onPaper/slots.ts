/** One place to type in, and what may stand there: letters of the sheet, words, marks by its grid. Pure. */

export type SlotKind = "letter" | "letters" | "truth" | "line" | "mark" | "long";

/** `letters` are those that may be typed; `label` names the place where a question has several. */
export interface Slot {
  kind: SlotKind;
  label: string;
  letters: string;
}

export const TRUE = "T";
export const FALSE = "F";
const FULL = 100;
const SAYS_TRUE = "TY1√";
const SAYS_FALSE = "FN0×X";
const MARK = /^\s*(\d{1,3}(?:\.\d)?)\s*[,，\s]\s*(\d{1,3}(?:\.\d)?)\s*$/;

/** What was typed, as it is kept: upper-case letters each once, T or F, words as they are. */
export function tidied({ kind }: Slot, text: string): string {
  if (kind === "letter" || kind === "letters") return [...new Set(text.toUpperCase().replace(/[\s,，、]/g, ""))].join("");
  if (kind !== "truth") return text;
  const sign = text.trim().toUpperCase().slice(-1);
  if (sign && SAYS_TRUE.includes(sign)) return TRUE;
  return sign && SAYS_FALSE.includes(sign) ? FALSE : text.trim();
}

/** Whether the place can be read; an empty one can. */
export function isReadable({ kind, letters }: Slot, text: string): boolean {
  if (text === "") return true;
  if (kind === "letter") return text.length === 1 && letters.includes(text);
  if (kind === "letters") return [...text].every((letter) => letters.includes(letter));
  if (kind === "truth") return text === TRUE || text === FALSE;
  return kind !== "mark" || percentsOf(text) !== null;
}

/** Whether nothing more can be typed there, so that the next place may follow by itself. */
export function isFull(slot: Slot, text: string): boolean {
  return (slot.kind === "letter" || slot.kind === "truth") && text !== "" && isReadable(slot, text);
}

/** A mark by the grid of the sheet, which counts from 0 to 100 across and down; null when it is none. */
export function percentsOf(text: string): [number, number] | null {
  const found = MARK.exec(text);
  if (!found) return null;
  const [across, down] = [Number(found[1]), Number(found[2])];
  return across <= FULL && down <= FULL ? [across, down] : null;
}
