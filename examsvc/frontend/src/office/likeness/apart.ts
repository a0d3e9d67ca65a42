import type { Schemas } from "@/api/client";

/** Return a function that says whether a paper keeps two items apart already: as enemies, or as one family. Pure. */
export function apartIn({ pairs, families }: Schemas["EnemyList"]): (one: string, other: string) => boolean {
  const together = (one: string, other: string): string => [one, other].sort().join(" ");
  const known = new Set(pairs.map(({ item, other }) => together(item.item_id, other.item_id)));
  const familyOf = new Map(families.flatMap(({ family, items }) => items.map(({ item_id }) => [item_id, family])));
  return (one, other) => known.has(together(one, other)) || (familyOf.has(one) && familyOf.get(one) === familyOf.get(other));
}
