/** Where somebody is who goes from question to question and never back. Pure; the server has the same rule. */

/** Return the place, from 0, of the furthest question that any line of the journal is about. */
export function reachedPlace(order: readonly string[], noted: Iterable<string>): number {
  return Math.max(0, ...[...noted].map((itemRef) => order.indexOf(itemRef)));
}
