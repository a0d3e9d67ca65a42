import type { Schemas } from "@/api/client";

export const ITEM_TYPES = [
  "SINGLE_CHOICE",
  "MULTIPLE_CHOICE",
  "TRUE_FALSE",
  "FILL_IN",
  "NUMERIC",
  "INLINE_CHOICE",
  "ORDERING",
  "MATCHING",
  "HOTSPOT",
  "SHORT_ANSWER",
  "EXTENDED_ANSWER",
  "COMPOSITE",
] as const;
/** What may stand within a composite. */
export const PART_TYPES = ITEM_TYPES.filter((type) => type !== "COMPOSITE");
export const DIFFICULTIES: readonly Difficulty[] = ["EASY", "MEDIUM", "HARD"];
export const ITEM_STATES: readonly Version["state"][] = [
  "DRAFT",
  "IN_REVIEW",
  "APPROVED",
  "RELEASED",
  "RETIRED",
  "COMPROMISED",
];
export const IMPORTANCES: readonly Importance[] = ["X", "Y", "Z"];
export const BLOOMS: readonly Bloom[] = ["REMEMBER", "UNDERSTAND", "APPLY", "ANALYSE", "EVALUATE", "CREATE"];
/** How often versions were drawn, as a list is narrowed by it. */
export const USAGES = { NEVER: { drawn_at_most: 0 }, EVER: { drawn_at_least: 1 }, OFTEN: { drawn_at_least: 5 } } as const;
/** What a list of items is narrowed by. */
export const FILTERS = ["text", "tag", "state", "type", "difficulty", "importance", "bloom", "point", "usage"] as const;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export type ItemType = (typeof ITEM_TYPES)[number];
export type Wording = Schemas["WordingInput"];
export type Difficulty = Wording["difficulty"];
export type Importance = NonNullable<Wording["importance"]>;
export type Bloom = NonNullable<Wording["bloom"]>;
export type Version = Schemas["ItemVersionWhole"];

export function letterOf(index: number): string {
  return LETTERS.charAt(index);
}
