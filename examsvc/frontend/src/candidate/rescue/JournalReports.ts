/**
 * Tells the server during the exam how far this page's journal goes, for the reconciliation: after the network came back,
 * and when the page may be going away. It never hurries before answers: what is told is small, seldom and not repeated.
 */

import type { EpochCount } from "@/journal/entries";

/** A room's network comes back for all pages at once. */
const FIRST_MS = 5_000;
const SPREAD_MS = 40_000;
const SELDOM_MS = 20_000;
/** Lines of long ago were told before. */
const MOST_EPOCHS = 20;

export interface Told {
  counts: EpochCount[];
  receipt: string | null;
}

interface Surroundings {
  /** What would be told now; null while there is nothing to tell of. */
  known(): Told | null;
  tell(told: Told, isLeaving: boolean): Promise<unknown>;
  nowMs(): number;
  random(): number;
}

export class JournalReports {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = "";
  private toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly around: Surroundings) {}

  /** The server answers again: tell it in a while. */
  returned(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.tell(false);
    }, FIRST_MS + this.around.random() * SPREAD_MS);
  }

  /** The page may be going away: tell it now, in a request that outlives the page. */
  leaving(): void {
    this.tell(true);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tell(isLeaving: boolean): void {
    const known = this.around.known();
    if (!known || this.around.nowMs() - this.toldAtMs < SELDOM_MS) return;
    const told = { ...known, counts: known.counts.slice(-MOST_EPOCHS) };
    const words = JSON.stringify(told);
    if (words === this.last) return;
    this.toldAtMs = this.around.nowMs();
    this.last = words;
    // Nobody waits for it: the next one, or the one at the end, says the same and more.
    this.around.tell(told, isLeaving).catch(() => (this.last = ""));
  }
}
