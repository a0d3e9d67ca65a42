/** Content and key of an item as they go over the wire, type by type (questionbank.content checks them). */

import type { ItemType } from "../wording";

export interface Option {
  id: string;
  text: string;
  /** The digest of a picture among the content's media. */
  media?: string;
}

export interface Medium {
  digest: string;
  kind: "PICTURE" | "AUDIO" | "VIDEO";
  media_type: string;
  alt: string;
  /** How often a candidate may play it; any number of times when absent. */
  plays?: number;
}

export interface Picture {
  digest: string;
  media_type: string;
  width: number;
  height: number;
  alt: string;
}

/** In pixels of the picture: RECT x1 y1 x2 y2, CIRCLE x y radius, POLYGON x y for each corner. */
export interface Area {
  shape: "RECT" | "CIRCLE" | "POLYGON";
  coords: number[];
}

export interface Part {
  id: string;
  type: ItemType;
  share: number;
  content: Content;
}

export interface Content {
  stem: string;
  media?: Medium[];
  options?: Option[];
  fixed?: string[];
  blanks?: number;
  unit?: string;
  matches?: Option[];
  gaps?: Option[][];
  picture?: Picture;
  points?: number;
  length?: number;
  parts?: Part[];
}

export type Scoring = "EXACT" | "PAIRS" | { mode: "EXACT" | "MAP"; weights?: Record<string, string>; least?: string };

export interface Key {
  right?: string[];
  scoring?: Scoring;
  value?: boolean | string;
  tolerance?: string;
  blanks?: string[][];
  case_sensitive?: boolean;
  order?: string[];
  pairs?: Record<string, string>;
  gaps?: string[];
  areas?: Area[];
  reference?: string;
  points?: string[];
  parts?: Record<string, Key>;
}

/** What a type sends of its own; the stem and the media are every type's. */
export type Wire = [content: Omit<Content, "stem" | "media">, key: Key];
