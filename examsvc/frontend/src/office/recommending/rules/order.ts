/** Return the items with the one at `from` standing at `to`. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from] as T;
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Return where an item dragged from `from` lands at height `y`: `middles` are the heights of all items' middles. */
export function landing(middles: readonly number[], from: number, y: number): number {
  return middles.filter((middle, index) => index !== from && middle < y).length;
}
