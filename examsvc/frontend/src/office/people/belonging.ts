/** Where somebody may belong; a field of the affiliation for each. */
export const PLACES = ["department", "organisation", "district"] as const;
export type Place = (typeof PLACES)[number];
export type Belonging = Record<Place, string | null>;

const NEEDED: Readonly<Record<string, Place>> = {
  RECOMMENDER: "department",
  OFFICE: "organisation",
  QUALITY_SUPERVISOR: "organisation",
  DISTRICT: "district",
};

/** Return the places that somebody with these roles needs to see any case, in the order of PLACES. */
export function neededBy(roles: readonly string[]): Place[] {
  return PLACES.filter((place) => roles.some((role) => NEEDED[role] === place));
}

/** Return the needed places that are not entered. */
export function missingOf(person: Belonging & { roles: readonly string[] }): Place[] {
  return neededBy(person.roles).filter((place) => !person[place]);
}

/** Return the people whose name, user name or place holds the text; those who miss a place first. */
export function found<P extends Belonging & { name: string; username: string; roles: readonly string[] }>(people: readonly P[], text: string): P[] {
  const wanted = text.trim().toLowerCase();
  const holds = (person: P): boolean =>
    [person.name, person.username, ...PLACES.map((place) => person[place])].some((word) => word?.toLowerCase().includes(wanted));
  const rank = (person: P): number => (missingOf(person).length > 0 ? 0 : 1);
  return people.filter(holds).sort((one, other) => rank(one) - rank(other));
}
