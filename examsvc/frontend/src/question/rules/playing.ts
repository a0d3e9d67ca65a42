/** How often a recording was played, and how far. A play that was broken off goes on where it stopped. Pure. */

export interface Played {
  /** Plays that were begun. */
  used: number;
  /** Seconds into the play under way, or null between plays. */
  at: number | null;
}

export const UNPLAYED: Played = { used: 0, at: null };

/** How many more times it may be played from the beginning; null for as often as wanted. */
export function playsLeft({ used }: Played, most: number | null): number | null {
  return most === null ? null : Math.max(0, most - used);
}

/** Whether it may sound now: a play is under way, or there is one left. */
export function mayPlay(played: Played, most: number | null): boolean {
  return played.at !== null || playsLeft(played, most) !== 0;
}

/** Playing has begun or goes on. */
export function begun(played: Played): Played {
  return played.at === null ? { used: played.used + 1, at: 0 } : played;
}

/** The play under way has come this far. */
export function reached(played: Played, seconds: number): Played {
  return played.at === null ? played : { ...played, at: Math.max(played.at, seconds) };
}

/** The play has come to its end. */
export function ended({ used }: Played): Played {
  return { used, at: null };
}
