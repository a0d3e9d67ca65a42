/** How a printed paper is divided. Pure. */

import type { Schemas } from "@/api/client";

type Paper = Schemas["CandidatePaper"];

export interface Section {
  type: Paper["sections"][number]["type"];
  questions: Paper["sections"][number]["questions"];
  /** In hundredths of a point. */
  points: number;
}

/** Return the sections with what each is worth. */
export function sectionsOf(paper: Paper): Section[] {
  return paper.sections.map(({ type, questions }) => ({
    type,
    questions,
    points: questions.reduce((sum, question) => sum + question.points, 0),
  }));
}

const COLUMNS = [4, 2];
const HALVES_A_LINE = 80; // half-width letters between the margins of a page of A4

/** Return in how many columns such texts can stand side by side: 4, 2 or 1. */
export function columnsFor(texts: readonly string[]): number {
  const widest = Math.max(0, ...texts.map(halvesOf));
  return COLUMNS.find((count) => widest + 4 <= HALVES_A_LINE / count) ?? 1;
}

/** A Chinese character is as wide as two letters. */
function halvesOf(text: string): number {
  // eslint-disable-next-line no-control-regex -- the letters of ASCII are the narrow ones
  return [...text].reduce((sum, letter) => sum + (/[\x00-\x7f]/.test(letter) ? 1 : 2), 0);
}
