export const BLANK = "____";

/** How many blanks or gaps the stem marks. */
export function blanksIn(stem: string): number {
  return stem.split(BLANK).length - 1;
}

/** Return what stands on the lines of a text, without empty ones. */
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Return things in the order of their texts, which says nothing about where each belongs; the server does the same. */
export function byText<T extends { text: string }>(things: readonly T[]): T[] {
  return [...things].sort((one, other) => (one.text < other.text ? -1 : Number(one.text > other.text)));
}
