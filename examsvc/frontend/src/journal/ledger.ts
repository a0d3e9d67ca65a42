/** The journal's lines of one epoch in memory: numbers them, says what to send next, and what a receipt settles. Pure. */

import { batchOf, MOST_ENTRIES } from "./batches";
import { type Entry, type Held, isUnsynced } from "./entries";

export class Ledger {
  private readonly lines: Entry[];
  private after = 0;
  private most = MOST_ENTRIES;

  /**
   * `lines` are entries of `epoch` in order, none of them confirmed yet. What is sent has seq 1, 2, 3 …; before a claim lines
   * are `numbered` in another way.
   */
  constructor(
    readonly sittingId: string,
    readonly epoch: number,
    lines: readonly Entry[] = [],
    private readonly numbered: (lastSeq: number, at: Date) => number = (lastSeq) => lastSeq + 1,
  ) {
    this.lines = [...lines];
  }

  get entries(): readonly Entry[] {
    return this.lines;
  }

  /** The highest seq up to which the server has confirmed everything. */
  get acknowledgedSeq(): number {
    return this.after;
  }

  get lastSeq(): number {
    return this.lines.at(-1)?.seq ?? 0;
  }

  /** Number and keep a change. */
  append(itemRef: string, held: Held, at: Date): Entry {
    const entry: Entry = {
      sitting_id: this.sittingId,
      epoch: this.epoch,
      seq: this.numbered(this.lastSeq, at),
      item_ref: itemRef,
      answer: held.answer,
      flagged: held.flagged,
      client_at: at.toISOString(),
      acknowledged: false,
      set_aside: null,
    };
    this.lines.push(entry);
    return entry;
  }

  /** The next lines to send, without a gap; one that is not on disk yet holds back itself and all behind it. */
  nextBatch(isStored: (entry: Entry) => boolean): Entry[] {
    const waiting = this.lines.slice(this.after, this.after + this.most);
    const held = waiting.findIndex((entry) => !isStored(entry));
    return batchOf(held < 0 ? waiting : waiting.slice(0, held));
  }

  /** Send one line at a time from now on, to find the one that is refused. */
  sendSingly(): void {
    this.most = 1;
  }

  /** Take a receipt; returns the lines it confirms for the first time. */
  settle(acknowledgedSeq: number): Entry[] {
    const settled = this.lines.filter((entry) => entry.seq <= acknowledgedSeq && !entry.acknowledged);
    for (const entry of settled) entry.acknowledged = true;
    this.after = Math.max(this.after, Math.min(acknowledgedSeq, this.lastSeq));
    return settled;
  }

  /**
   * Go on from the seq that the server expects: what lies before it is confirmed, what comes from it on is not.
   * Returns the lines of which that says something else than was known, null when the line it expects was never written
   * here: then only a new claim helps.
   */
  goTo(expected: number): Entry[] | null {
    if (expected < 1 || expected > this.lastSeq + 1) return null;
    this.after = expected - 1;
    const changed = this.lines.filter((entry) => entry.acknowledged !== entry.seq < expected);
    for (const entry of changed) entry.acknowledged = entry.seq < expected;
    return changed;
  }

  /** The questions with a change that the server has not confirmed. */
  unsyncedRefs(): Set<string> {
    return new Set(this.lines.filter(isUnsynced).map((entry) => entry.item_ref));
  }
}
