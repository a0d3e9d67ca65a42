/** A question as its candidate may see it, by the API's own names. It never holds a key. */

export type ItemType =
  | "SINGLE_CHOICE"
  | "MULTIPLE_CHOICE"
  | "TRUE_FALSE"
  | "FILL_IN"
  | "NUMERIC"
  | "INLINE_CHOICE"
  | "ORDERING"
  | "MATCHING"
  | "HOTSPOT"
  | "SHORT_ANSWER"
  | "EXTENDED_ANSWER"
  | "COMPOSITE";

export interface Option {
  id: string;
  text: string;
  /** The digest of a picture among the question's media. */
  media?: string | null;
}

export interface Medium {
  digest: string;
  kind: "PICTURE" | "AUDIO" | "VIDEO";
  media_type: string;
  alt: string;
  /** How often a recording may be played; without a number, as often as wanted. */
  plays?: number | null;
}

/** The picture of a hotspot; the candidate's points are in its pixels. */
export interface HotspotPicture {
  digest: string;
  media_type: string;
  width: number;
  height: number;
  alt: string;
}

/** What a question and a part of a composite have in common: all that an input needs. `points` are hundredths. */
export interface QuestionBody {
  type: ItemType;
  stem: string;
  points: number;
  options: Option[] | null;
  blanks: number | null;
  unit: string | null;
  /** The right side of a matching. */
  matches: Option[] | null;
  /** The options of each gap in the stem. */
  gaps: Option[][] | null;
  picture: HotspotPicture | null;
  /** How many points may be marked on the picture. */
  marks: number | null;
  /** How many characters an extended answer should have. */
  length: number | null;
  media: Medium[];
  parts: Part[] | null;
}

export interface Part extends QuestionBody {
  id: string;
}

export interface Question extends QuestionBody {
  ref: string;
  number: number;
}
