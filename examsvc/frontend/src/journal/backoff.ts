/** How long to wait before trying again: doubling, with full jitter, never long near the end. Pure. */

export const FIRST_MS = 800;
export const LONGEST_MS = 15_000;
export const LONGEST_AT_THE_END_MS = 2_000;
export const END_BEGINS_MS = 60_000;

export interface Circumstance {
  /** Failures in a row, 1 for the first. */
  failures: number;
  /** Milliseconds until the sitting closes; null when it has no end yet. Negative within the grace. */
  leftMs: number | null;
  /** What the server asked for, in seconds. */
  retryAfterSeconds?: number | null;
  /** A number in [0, 1). */
  random: number;
}

/** Milliseconds to wait. */
export function retryDelay({ failures, leftMs, retryAfterSeconds, random }: Circumstance): number {
  const isNearEnd = leftMs !== null && leftMs < END_BEGINS_MS;
  const longest = isNearEnd ? LONGEST_AT_THE_END_MS : LONGEST_MS;
  const grown = Math.min(longest, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  const asked = Math.min((retryAfterSeconds ?? 0) * 1000, longest);
  return Math.round(Math.max(asked, grown / 2 + (random * grown) / 2));
}
