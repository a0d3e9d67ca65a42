import type { ItemType } from "../wording";
import { freeLetter, freshId } from "./ids";
import type { Area, Medium, Picture } from "./shapes";

export interface DraftOption {
  id: string;
  text: string;
  isRight: boolean;
  isFixed: boolean;
  /** The digest of its picture, or "". */
  media: string;
  /** What choosing it is worth when marks are added up: a share of the points as decimal text. */
  weight: string;
}

export interface DraftLine {
  id: string;
  text: string;
  media: string;
}

/** A line of the left side and what belongs to it. */
export interface DraftPair extends DraftLine {
  match: DraftLine;
}

/** A medium while it is written; `plays` is "" when it may be played as often as one likes. */
export type DraftMedium = Omit<Medium, "plays"> & { plays: string };

export interface DraftPart {
  id: string;
  share: number;
  body: Body;
}

/** What the editor holds of a question: the parts of every type, so that a change of the type loses nothing. */
export interface Body {
  type: ItemType;
  stem: string;
  media: DraftMedium[];
  options: DraftOption[];
  choiceScoring: "EXACT" | "MAP";
  /** The least that a choice with added marks can be worth. */
  least: string;
  isTrue: boolean | null;
  /** For each blank the accepted answers, one a line. */
  blanks: string[];
  caseSensitive: boolean;
  value: string;
  tolerance: string;
  unit: string;
  /** In the right order. */
  lines: DraftLine[];
  orderScoring: "EXACT" | "PAIRS";
  pairs: DraftPair[];
  /** What belongs to no line of the left side. */
  extras: DraftLine[];
  pairScoring: "EXACT" | "PAIRS";
  gaps: DraftOption[][];
  picture: Picture | null;
  /** How many points a candidate may mark in the picture. */
  marks: number;
  areas: Area[];
  reference: string;
  /** 得分点 of a written answer, one a line. */
  scoring: string;
  /** How many characters are asked for, or "". */
  length: string;
  parts: DraftPart[];
}

/** Whether a row says anything: one that was only offered and left empty is no part of the question. */
export const isWritten = ({ text, media }: { text: string; media: string }): boolean => text.trim() !== "" || media !== "";

export function emptyOption(taken: readonly DraftOption[]): DraftOption {
  return { id: freeLetter(taken), text: "", isRight: false, isFixed: false, media: "", weight: "" };
}

export function emptyOptions(count: number): DraftOption[] {
  return Array.from({ length: count }).reduce<DraftOption[]>((options) => [...options, emptyOption(options)], []);
}

export function emptyLine(): DraftLine {
  return { id: freshId(), text: "", media: "" };
}

export function emptyPair(): DraftPair {
  return { ...emptyLine(), match: emptyLine() };
}

export function emptyPart(taken: readonly DraftPart[]): DraftPart {
  const number = Array.from({ length: taken.length + 1 }, (_, index) => `p${index + 1}`).find((id) => !taken.some((part) => part.id === id));
  return { id: number ?? freshId(), share: 1, body: emptyBody() };
}

export function emptyBody(): Body {
  const texts = { stem: "", value: "", unit: "", reference: "", scoring: "", length: "" };
  return {
    ...texts,
    type: "SINGLE_CHOICE",
    media: [],
    options: emptyOptions(4),
    choiceScoring: "EXACT",
    least: "0",
    isTrue: null,
    blanks: [],
    caseSensitive: false,
    tolerance: "0",
    lines: [emptyLine(), emptyLine(), emptyLine()],
    orderScoring: "EXACT",
    pairs: [emptyPair(), emptyPair(), emptyPair()],
    extras: [],
    pairScoring: "PAIRS",
    gaps: [],
    picture: null,
    marks: 1,
    areas: [],
    parts: [],
  };
}
