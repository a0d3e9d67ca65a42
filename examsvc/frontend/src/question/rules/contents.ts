/** What a question is made of, its parts included. Pure. */

import type { Option, QuestionBody } from "../types";
import { hasFormula } from "./stems";

/** Whether a formula stands anywhere in a question. */
export function needsFormulas(question: QuestionBody): boolean {
  return textsOf(question).some(hasFormula) || (question.parts ?? []).some(needsFormulas);
}

/** The digests of everything to be shown or played, pictures before recordings, each once. */
export function digestsOf(questions: readonly QuestionBody[]): string[] {
  const bodies = questions.flatMap((question) => [question, ...(question.parts ?? [])]);
  const media = bodies.flatMap((body) => body.media);
  const pictures = media.filter(({ kind }) => kind === "PICTURE").map(({ digest }) => digest);
  const recordings = media.filter(({ kind }) => kind !== "PICTURE").map(({ digest }) => digest);
  return [...new Set([...pictures, ...bodies.flatMap(({ picture }) => picture?.digest ?? []), ...recordings])];
}

function textsOf({ stem, options, matches, gaps }: QuestionBody): string[] {
  const all: Option[] = [...(options ?? []), ...(matches ?? []), ...(gaps ?? []).flat()];
  return [stem, ...all.map(({ text }) => text)];
}
