/** How a text is cut: at its blanks, and into words and formulas. Pure. */

const BLANK = /_{4,}/g;
/** Inline formulas stand between \( and \), displayed ones between \[ and \]. */
const FORMULA = /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/g;

export interface Piece {
  kind: "words" | "inline" | "display";
  text: string;
}

/** The stem cut at its places: one part more than there are places. Places without a mark come at the end. */
export function partsOf(stem: string, places: number): string[] {
  const parts = stem.split(BLANK);
  while (parts.length < places + 1) parts.push("");
  return parts.length === places + 1 ? parts : [...parts.slice(0, places), parts.slice(places).join("____")];
}

/** The words and formulas of a text, in order; formulas without their marks. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(FORMULA)) {
    pieces.push({ kind: "words", text: text.slice(end, found.index) });
    pieces.push(found[1] === undefined ? { kind: "display", text: found[2]! } : { kind: "inline", text: found[1] });
    end = found.index + found[0].length;
  }
  pieces.push({ kind: "words", text: text.slice(end) });
  return pieces.filter((piece) => piece.text !== "");
}

/** Whether a text has a formula in it. */
export function hasFormula(text: string): boolean {
  return piecesOf(text).some(({ kind }) => kind !== "words");
}
