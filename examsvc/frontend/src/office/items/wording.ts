import type { Schemas } from "@/api/client";

export type ItemType = Schemas["WordingInput"]["type"];
export type Difficulty = Schemas["WordingInput"]["difficulty"];
export type Content = Schemas["ItemContent"];
export type Key = Schemas["ItemKey"];
export type Wording = Schemas["WordingInput"];
export type Version = Schemas["ItemVersionWhole"];
export type Preview = Schemas["ItemPreview"];

export const ITEM_TYPES: readonly ItemType[] = ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE", "FILL_IN", "NUMERIC", "SHORT_ANSWER"];
export const DIFFICULTIES: readonly Difficulty[] = ["EASY", "MEDIUM", "HARD"];
export const ITEM_STATES: readonly Version["state"][] = [
  "DRAFT",
  "IN_REVIEW",
  "APPROVED",
  "RELEASED",
  "RETIRED",
  "COMPROMISED",
];
export const BLANK = "____";
export const MOST_OPTIONS = 8;
const LETTERS = "abcdefgh";

export interface DraftOption {
  text: string;
  isRight: boolean;
  isFixed: boolean;
}

/** What the editor holds: the parts of every type, so that a change of the type loses nothing. */
export interface Draft {
  code: string;
  type: ItemType;
  difficulty: Difficulty;
  pointId: string;
  stem: string;
  options: DraftOption[];
  isTrue: boolean | null;
  /** For each blank the accepted answers, one a line. */
  blanks: string[];
  value: string;
  tolerance: string;
  unit: string;
  reference: string;
  /** 得分点 of a short answer, one a line. */
  scoring: string;
  explanation: string;
}

export function emptyDraft(): Draft {
  const options = Array.from({ length: 4 }, () => ({ text: "", isRight: false, isFixed: false }));
  const texts = { code: "", pointId: "", stem: "", value: "", unit: "", reference: "", scoring: "", explanation: "" };
  return { ...texts, type: "SINGLE_CHOICE", difficulty: "MEDIUM", options, isTrue: null, blanks: [], tolerance: "0" };
}

/** Return the draft that edits a version. */
export function draftOf(version: Version, key: Key, explanation: string): Draft {
  const { content } = version;
  const options = content.options?.map(({ id, text }) => ({
    text,
    isRight: key.right?.includes(id) ?? false,
    isFixed: content.fixed?.includes(id) ?? false,
  }));
  return {
    ...emptyDraft(),
    code: version.code,
    type: version.type,
    difficulty: version.difficulty,
    pointId: version.knowledge_point_id,
    stem: content.stem,
    ...(options && { options }),
    isTrue: typeof key.value === "boolean" ? key.value : null,
    blanks: key.blanks?.map((accepted) => accepted.join("\n")) ?? [],
    value: typeof key.value === "string" ? key.value : "",
    tolerance: key.tolerance ?? "0",
    unit: content.unit ?? "",
    reference: key.reference ?? "",
    scoring: key.points?.join("\n") ?? "",
    explanation,
  };
}

/** Return what is sent to the server: only what the type has. */
export function wordingOf(draft: Draft): Wording {
  const { type, difficulty, pointId, explanation } = draft;
  const [content, key] = PARTS[type](draft);
  const shared = { type, difficulty, explanation, knowledge_point_id: pointId };
  return { ...shared, content: { stem: draft.stem, ...content }, key };
}

/** Return what a candidate would see of the draft. */
export function previewOf(draft: Draft): Preview {
  const { stem, options = null, blanks = null, unit = null } = wordingOf(draft).content;
  return { type: draft.type, stem, options, blanks, unit };
}

/** How many blanks the stem marks. */
export function blanksIn(stem: string): number {
  return stem.split(BLANK).length - 1;
}

export function letterOf(index: number): string {
  return (LETTERS[index] ?? "").toUpperCase();
}

type Parts = [content: Omit<Content, "stem">, key: Key];

const PARTS: Record<ItemType, (draft: Draft) => Parts> = {
  SINGLE_CHOICE: choices,
  MULTIPLE_CHOICE: choices,
  TRUE_FALSE: ({ isTrue }) => [{}, isTrue === null ? {} : { value: isTrue }],
  FILL_IN: (draft) => {
    const count = blanksIn(draft.stem);
    return [{ blanks: count }, { blanks: Array.from({ length: count }, (_, index) => lines(draft.blanks[index] ?? "")) }];
  },
  NUMERIC: ({ value, tolerance, unit }) => [unit.trim() ? { unit: unit.trim() } : {}, { value: value.trim(), tolerance: tolerance.trim() }],
  SHORT_ANSWER: ({ reference, scoring }) => [{}, scoring.trim() ? { reference, points: lines(scoring) } : { reference }],
};

function choices({ options }: Draft): Parts {
  const named = options.map((option, index) => ({ ...option, id: LETTERS.charAt(index) }));
  const ids = (those: typeof named): string[] => those.map(({ id }) => id);
  const fixed = ids(named.filter((option) => option.isFixed));
  const content = { options: named.map(({ id, text }) => ({ id, text })), ...(fixed.length > 0 && { fixed }) };
  return [content, { right: ids(named.filter((option) => option.isRight)) }];
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
