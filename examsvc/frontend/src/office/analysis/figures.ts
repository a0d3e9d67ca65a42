import type { Schemas } from "@/api/client";

export type ItemFigures = Schemas["ItemFiguresView"];
export type Calibration = Schemas["CalibrationView"];

/** A correlation, a share or a parameter with two decimals; what is not known is a dash. */
export function decimal(value: number | null | undefined, digits = 2): string {
  return value === null || value === undefined ? "—" : value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1").replace("-", "−");
}

/** A share as a whole percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** In order of weight: what says that scores may be wrong stands before what says that a question is poor. */
const WEIGHTS: readonly ItemFigures["flags"][number][] = [
  "KEY_SUSPECT",
  "NEGATIVE",
  "WEAK",
  "TOO_HARD",
  "TOO_EASY",
  "NO_VARIANCE",
  "RARE_DISTRACTOR",
];

const weight = ({ flags }: Pick<ItemFigures, "flags">): number =>
  Math.min(...flags.map((flag) => WEIGHTS.indexOf(flag)), WEIGHTS.length);

/** The weightiest flag first, then who has more of them, then by code. */
export function byFlags<T extends Pick<ItemFigures, "flags" | "code">>(items: readonly T[]): T[] {
  return [...items].sort(
    (one, other) => weight(one) - weight(other) || other.flags.length - one.flags.length || one.code.localeCompare(other.code, "en", { numeric: true }),
  );
}

/** An option as those who wrote it know it: A, B, C; null for the words of true and false and for no choice. */
export function letterOf(id: string): string | null {
  return /^[a-z]$/.test(id) ? id.toUpperCase() : null;
}
