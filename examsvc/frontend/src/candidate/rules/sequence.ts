/** Where somebody is who does not go back, from question to question or from section to section. Pure; the server has the same rule. */

/** Return the place, from 0, of the furthest question that any line of the journal is about. */
export function reachedPlace(order: readonly string[], noted: Iterable<string>): number {
  return Math.max(0, ...[...noted].map((itemRef) => order.indexOf(itemRef)));
}

/** Return the number, from 0, of the group that the place is in; one goes freely within it, and never back to one before. */
export function groupAt(together: readonly (readonly string[])[], place: number): number {
  let end = 0;
  const found = together.findIndex((refs) => place < (end += refs.length));
  return Math.max(0, found);
}
