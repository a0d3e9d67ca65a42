import type { ItemType } from "../wording";
import type { Body } from "./body";
import { wireOf } from "./drafting";
import type { Content, Medium, Option, Picture } from "./shapes";

/** A question as its candidate sees it; points are of a paper, and stand here as 0. */
export interface Question {
  type: ItemType;
  stem: string;
  points: number;
  options: Option[] | null;
  blanks: number | null;
  unit: string | null;
  matches: Option[] | null;
  gaps: Option[][] | null;
  picture: Picture | null;
  marks: number | null;
  length: number | null;
  media: Medium[];
  parts: (Question & { id: string })[] | null;
}

/** Return what a candidate sees of a content: no paper gives it points, and nothing is shuffled. */
export function questionOf(type: ItemType, content: Content): Question {
  const { stem, options = null, blanks = null, unit = null, matches = null, gaps = null, picture = null } = content;
  const { points: marks = null, length = null, media = [] } = content;
  const parts = content.parts?.map((part) => ({ id: part.id, ...questionOf(part.type, part.content) })) ?? null;
  return { type, points: 0, stem, options, blanks, unit, matches, gaps, picture, marks, length, media, parts };
}

/** Return what a candidate would see of what the editor holds. */
export function previewOf(body: Body): Question {
  return questionOf(body.type, wireOf(body)[0]);
}
