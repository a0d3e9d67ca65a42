import type { QuestionBody } from "@/question/types";

import type { ItemType } from "../wording";
import type { Body } from "./body";
import { wireOf } from "./drafting";
import type { Content } from "./shapes";

/** Points are hundredths. */
const POINT = 100;

/** Return what a candidate sees of a content; a part is shown with its share for points, since no paper has given it any. */
export function questionOf(type: ItemType, content: Content): QuestionBody {
  const { stem, options = null, blanks = null, unit = null, matches = null, gaps = null, picture = null } = content;
  const { points: marks = null, length = null, media = [] } = content;
  const parts = content.parts?.map(({ id, share, ...part }) => ({ ...questionOf(part.type, part.content), id, points: share * POINT })) ?? null;
  return { type, points: 0, stem, options, blanks, unit, matches, gaps, picture, marks, length, media, parts };
}

/** Return what a candidate would see of what the editor holds. */
export function previewOf(body: Body): QuestionBody {
  return questionOf(body.type, wireOf(body)[0]);
}
