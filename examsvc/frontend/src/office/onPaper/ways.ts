/** How each type of question is typed in: its places, the answer that they say, and the places of an answer. Pure. */

import { FALSE, isReadable, percentsOf, type Slot, TRUE } from "./slots";
import type { Answer, Part } from "./types";

interface Way {
  slots(part: Part): Slot[];
  said(part: Part, texts: readonly string[]): Answer;
  written(part: Part, value: unknown): string[];
}

type Ids = readonly string[];

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lettersOf = (ids: Ids): string => ALPHABET.slice(0, ids.length);
const idOf = (ids: Ids, letter: string): string => ids[ALPHABET.indexOf(letter)]!;
const letterOf = (ids: Ids, id: string | null | undefined): string => (id && ids.includes(id) ? ALPHABET[ids.indexOf(id)]! : "");
const alone = (kind: Slot["kind"], letters = ""): Slot[] => [{ kind, letters, label: "" }];

function several(count: number, kind: Slot["kind"], lettersAt: (place: number) => string = () => ""): Slot[] {
  return Array.from({ length: count }, (_, place) => ({ kind, letters: lettersAt(place), label: count > 1 ? String(place + 1) : "" }));
}

const SINGLE: Way = {
  slots: ({ options }) => alone("letter", lettersOf(options)),
  said: ({ options }, [letter]) => ({ choice: idOf(options, letter!) }),
  written: ({ options }, id) => [letterOf(options, id as string)],
};

const MULTIPLE: Way = {
  slots: ({ options }) => alone("letters", lettersOf(options)),
  said: ({ options }, [letters]) => ({ choices: [...letters!].sort().map((letter) => idOf(options, letter)) }),
  written: ({ options }, ids) => [(ids as string[]).map((id) => letterOf(options, id)).sort().join("")],
};

const TRUTH: Way = {
  slots: () => alone("truth"),
  said: (_, [word]) => ({ value: word === TRUE }),
  written: (_, value) => [value ? TRUE : FALSE],
};

const BLANKS: Way = {
  slots: ({ blanks }) => several(blanks, "line"),
  said: ({ blanks }, texts) => ({ blanks: Array.from({ length: blanks }, (_, place) => texts[place] ?? "") }),
  written: (_, value) => value as string[],
};

const GAPS: Way = {
  slots: ({ gaps }) => several(gaps.length, "letter", (place) => lettersOf(gaps[place]!)),
  said: ({ gaps }, texts) => ({ gaps: gaps.map((ids, place) => (texts[place] ? idOf(ids, texts[place]) : null)) }),
  written: ({ gaps }, value) => gaps.map((ids, place) => letterOf(ids, (value as (string | null)[])[place])),
};

const ORDER: Way = {
  slots: ({ options }) => alone("letters", lettersOf(options)),
  said: ({ options }, [letters]) => ({ order: [...letters!].map((letter) => idOf(options, letter)) }),
  written: ({ options }, ids) => [(ids as string[]).map((id) => letterOf(options, id)).join("")],
};

const PAIRS: Way = {
  slots: ({ options, matches }) => several(options.length, "letter", () => lettersOf(matches)),
  said: ({ options, matches }, texts) => {
    const pairs = options.flatMap((left, place) => (texts[place] ? [[left, idOf(matches, texts[place])]] : []));
    return { pairs: Object.fromEntries(pairs) as Record<string, string> };
  },
  written: ({ options, matches }, value) => options.map((left) => letterOf(matches, (value as Record<string, string>)[left])),
};

const MARKS: Way = {
  slots: ({ marks }) => several(marks, "mark"),
  said: ({ width, height }, texts) => ({
    points: texts.flatMap((text) => {
      const found = percentsOf(text);
      return found ? [[Math.round((found[0] / 100) * width), Math.round((found[1] / 100) * height)]] : [];
    }),
  }),
  written: ({ width, height }, value) => (value as [number, number][]).map(([x, y]) => `${percent(x, width)},${percent(y, height)}`),
};

const percent = (pixels: number, side: number): number => Math.round((pixels / side) * 1000) / 10;
const words = (kind: Slot["kind"]): Way => ({
  slots: () => alone(kind),
  said: (_, [text]) => ({ text: text! }),
  written: (_, value) => [value as string],
});

const WAYS: Readonly<Record<Part["type"], Way>> = {
  SINGLE_CHOICE: SINGLE,
  MULTIPLE_CHOICE: MULTIPLE,
  TRUE_FALSE: TRUTH,
  FILL_IN: BLANKS,
  NUMERIC: words("line"),
  INLINE_CHOICE: GAPS,
  ORDERING: ORDER,
  MATCHING: PAIRS,
  HOTSPOT: MARKS,
  SHORT_ANSWER: words("long"),
  EXTENDED_ANSWER: words("long"),
  COMPOSITE: { slots: () => [], said: () => null, written: () => [] },
};

/** The places of a question without parts. */
export const slotsOf = (part: Part): Slot[] => WAYS[part.type].slots(part);

/** The answer that the places say, null when they are empty; undefined when one of them cannot be read. */
export function answerOf(part: Part, texts: readonly string[]): Answer | undefined {
  if (!slotsOf(part).every((slot, place) => isReadable(slot, texts[place] ?? ""))) return undefined;
  if (part.type === "ORDERING" && texts[0] && texts[0].length !== part.options.length) return undefined;
  return texts.some((text) => text.trim() !== "") ? WAYS[part.type].said(part, texts) : null;
}

/** The places that would say the answer. */
export function textsOf(part: Part, answer: Answer): string[] {
  const texts = answer ? WAYS[part.type].written(part, Object.values(answer)[0]) : [];
  return slotsOf(part).map((_, place) => texts[place] ?? "");
}
