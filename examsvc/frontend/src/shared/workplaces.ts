/** The entries, where they are, and whose roles have business there. */
export type Entry = "candidate" | "examiner" | "wall" | "office";

export interface Workplace {
  entry: Entry;
  path: string;
  roles: readonly string[];
}

export const WORKPLACES: readonly Workplace[] = [
  { entry: "candidate", path: "/candidate/", roles: ["CANDIDATE"] },
  { entry: "examiner", path: "/examiner/", roles: ["EXAMINER"] },
  { entry: "wall", path: "/wall/", roles: ["PROCTOR"] },
  {
    entry: "office",
    path: "/office/",
    roles: [
      "OFFICE",
      "AUTHOR",
      "REVIEWER",
      "DECISION_MAKER",
      "QUALITY_SUPERVISOR",
      "EXPERT",
      "RECOMMENDER",
      "REGISTRAR",
      "BUREAU",
      "DISTRICT",
    ],
  },
];

/** Return the roles that have business in an entry. */
export function rolesOf(entry: Entry): readonly string[] {
  return WORKPLACES.find((place) => place.entry === entry)?.roles ?? [];
}

/** Return where a person with these roles may work. */
export function workplacesOf(roles: readonly string[]): Workplace[] {
  return WORKPLACES.filter((place) => place.roles.some((role) => roles.includes(role)));
}
