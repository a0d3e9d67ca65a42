/** Two people wrote at once: what only one of them changed is taken, what both changed is left to the person. */

export interface Merge<T> {
  /** The mine-first result: what the other changed alone is in it already. */
  merged: T;
  /** The parts that both changed, each to something else. */
  clashes: (keyof T)[];
}

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Merge part by part; `base` is what both began with. */
export function merge<T extends object>(base: T, mine: T, theirs: T): Merge<T> {
  const merged = structuredClone(mine);
  const clashes: (keyof T)[] = [];
  for (const key of Object.keys(theirs) as (keyof T)[]) {
    if (isSame(mine[key], theirs[key])) continue;
    if (isSame(mine[key], base[key])) merged[key] = structuredClone(theirs[key]);
    else if (!isSame(theirs[key], base[key])) clashes.push(key);
  }
  return { merged, clashes };
}
