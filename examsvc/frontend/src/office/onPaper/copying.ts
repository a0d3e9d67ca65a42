/** A whole sheet as it is typed in: its lines, and the answers they say. Pure. */

import type { Answer, Part, Question } from "./types";
import { answerOf, slotsOf, textsOf } from "./ways";

/** A question without parts, or a part of one. */
export interface Line {
  key: string;
  number: string;
  part: Part;
  question: Question;
}

export type Typed = Record<string, string[]>;

/** The lines of a sheet in its order. */
export function linesOf(questions: readonly Question[]): Line[] {
  return questions.flatMap((question) =>
    question.type === "COMPOSITE"
      ? question.parts.map((part) => ({ key: `${question.ref}/${part.ref}`, number: `${question.number}(${part.number})`, part, question }))
      : [{ key: question.ref, number: String(question.number), part: question, question }],
  );
}

/** Nothing typed yet. */
export function untyped(lines: readonly Line[]): Typed {
  return Object.fromEntries(lines.map(({ key, part }) => [key, slotsOf(part).map(() => "")]));
}

/** What a line would say if the sheet were as it was printed. */
export function asPrinted({ part, question }: Line, printed: Readonly<Record<string, unknown>>): string[] {
  return textsOf(part, answerIn({ part, question }, (printed[question.ref] ?? null) as Answer));
}

/** A line's own answer within that of its question. */
export function answerIn({ part, question }: Pick<Line, "part" | "question">, whole: Answer): Answer {
  if (question.type !== "COMPOSITE") return whole;
  const parts = (whole?.parts ?? {}) as Record<string, Answer>;
  return parts[part.ref] ?? null;
}

/** Lines that cannot be read. */
export function unreadable(lines: readonly Line[], typed: Typed): Line[] {
  return lines.filter(({ key, part }) => answerOf(part, typed[key] ?? []) === undefined);
}

/** Lines that say nothing. */
export function empty(lines: readonly Line[], typed: Typed): Line[] {
  return lines.filter(({ key, part }) => answerOf(part, typed[key] ?? []) === null);
}

/** The answer of every question of the lines; nothing of them may be unreadable. */
export function answersOf(lines: readonly Line[], typed: Typed): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const { key, part, question } of lines) {
    const answer = answerOf(part, typed[key] ?? []) ?? null;
    if (question.type !== "COMPOSITE") answers[question.ref] = answer;
    else if (answer) answers[question.ref] = { parts: { ...((answers[question.ref]?.parts as object) ?? {}), [part.ref]: answer } };
    else answers[question.ref] ??= null;
  }
  return answers;
}
