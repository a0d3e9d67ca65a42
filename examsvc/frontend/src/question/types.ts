/** A question as its candidate may see it, by the API's own names. It never holds a key. */

import type { Schemas } from "@/api/client";

export type Question = Schemas["CandidateQuestion"];

/** All that an input needs of a question, of a part, or of an item in a preview. `points` are hundredths. */
export interface QuestionBody extends Omit<Schemas["CandidatePart"], "id" | "points"> {
  points?: number;
  parts?: Part[] | null;
}

/** A part of a composite. */
export interface Part extends QuestionBody {
  id: string;
}

export type ItemType = Question["type"];
/** `media` is the digest of a picture among the question's media. */
export type Option = Schemas["ShownOption"];
/** `plays` is how often a recording may be played; without it, as often as wanted. */
export type Medium = Schemas["ShownMedium"];
/** The picture of a hotspot; the candidate's points are in its pixels. */
export type HotspotPicture = Schemas["ShownPicture"];
