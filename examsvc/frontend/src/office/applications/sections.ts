import type { Schemas } from "@/api/client";

export type ApplicationView = Schemas["ApplicationView"];
export type Materials = Schemas["ApplicationMaterials"];
export type Missing = Schemas["ApplicationMissing"];
export type Person = Schemas["MaterialPerson"];
export type Site = Schemas["MaterialCentre"];
export type Place = Schemas["MaterialRoom"];
export type Topic = Schemas["MaterialProof"]["topic"];

/** The steps of an application, in the order of the notice's four conditions. */
export const SECTIONS = ["unit", "staff", "funding", "centres", "quality", "declaration", "export"] as const;
export type Section = (typeof SECTIONS)[number];

export const LEGAL_KINDS = [
  "ENTERPRISE",
  "SOCIAL_GROUP",
  "PRIVATE_SCHOOL",
  "PUBLIC_SCHOOL",
  "PRIVATE_NON_ENTERPRISE",
  "PUBLIC_INSTITUTION",
  "ATTACHED_SOCIAL_GROUP",
  "AUTHORITY",
  "OTHER",
] as const;
export const STAFF_KINDS = ["FULL_TIME", "EXPERT", "EXAMINER", "QUALITY_SUPERVISOR"] as const;
export const ROOM_KINDS = ["WRITTEN", "COMPUTER", "PRACTICAL", "REVIEW"] as const;

const PLACES: readonly [RegExp, Section][] = [
  [/^staff\./, "staff"],
  [/^centres$/, "centres"],
  [/^(funding_statement|evidence\.FUNDING)$/, "funding"],
  [/^(quality_plan|evidence\.QUALITY_PLAN)$/, "quality"],
  [/^answers\.(not_for_profit|supervised)$/, "declaration"],
];

/** Return the section in which something that is missing is mended. */
export function sectionOf({ field }: Pick<Missing, "field">): Section {
  return PLACES.find(([pattern]) => pattern.test(field))?.[1] ?? "unit";
}

/** Return how many errors wait in a section. */
export function countIn(missing: readonly Missing[], section: Section): number {
  return missing.filter((one) => one.severity === "error" && sectionOf(one) === section).length;
}

/** From when to when a case's page shows the application. */
export const APPLICATION_STATES: ReadonlySet<string> = new Set([
  ...["SCHEME_PUBLICISED", "APPLYING", "APPLIED", "DEVELOPING", "HANDED_IN", "SCHEME_ASSESSED"],
  ...["BUREAU_AGREED", "PUBLICITY", "PUBLICISED", "FILED"],
]);
