/** 建议书 (附件 2): its guided sections in the order and under the headings of the notice. */
export const PARTS = {
  scheme: ["background", "features", "audience", "assessment_so_far", "social_effect", "outlook_employment", "outlook_industry", "outlook_economy", "extra_scheme"],
  organisation: ["organisation_basics", "organisation_groundwork", "organisation_strengths", "extra_organisation"],
} as const;

export const LONGEST = 5000;
export type Part = keyof typeof PARTS;
export type Section = (typeof PARTS)[Part][number];
export type Proposal = Record<Section, string>;

const ALL: readonly Section[] = Object.values(PARTS).flat();
const EXTRA: readonly Section[] = ["extra_scheme", "extra_organisation"];

/** The sections that a complete proposal has. */
export const REQUIRED: readonly Section[] = ALL.filter((section) => !EXTRA.includes(section));

/** Return whether a proposal is complete without the section. */
export const isExtra = (section: Section): boolean => EXTRA.includes(section);

/** Return a proposal with every section; those not yet written are "". */
export function wholeProposal(stored: Partial<Record<string, unknown>>): Proposal {
  return Object.fromEntries(ALL.map((name) => [name, typeof stored[name] === "string" ? stored[name] : ""])) as Proposal;
}

/** Return how many of the required sections are written. */
export const writtenCount = (proposal: Proposal): number => REQUIRED.filter((name) => proposal[name].trim() !== "").length;

/** Return the length as a person counts it: characters, not halves of rare ones. */
export const lengthOf = (text: string): number => [...text].length;
