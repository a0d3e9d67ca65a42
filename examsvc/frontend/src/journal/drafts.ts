/** Text being typed: each question's latest words wait a moment, so that a line is written per pause and not per key. */

import type { Held } from "./entries";

export const TYPING_PAUSE_MS = 400;
/** Who types without a pause is written down all the same. */
export const LONGEST_DRAFT_MS = 3_000;
/** Each line holds the whole answer: long ones are written a few times less often. */
export const LONG_CHARACTERS = 2_000;
const PATIENCE = 4;

interface Draft {
  held: Held;
  since: number;
  timer: ReturnType<typeof setTimeout>;
}

export class Drafts {
  private readonly drafts = new Map<string, Draft>();

  constructor(private readonly write: (itemRef: string, held: Held) => void) {}

  /** The questions with words that are not yet written down. */
  refs(): string[] {
    return [...this.drafts.keys()];
  }

  /** Keep the latest words; they are written after a pause in typing. */
  put(itemRef: string, held: Held): void {
    const before = this.drafts.get(itemRef);
    clearTimeout(before?.timer);
    const since = before?.since ?? performance.now();
    const patience = JSON.stringify(held.answer).length > LONG_CHARACTERS ? PATIENCE : 1;
    const untilLongest = since + LONGEST_DRAFT_MS * patience - performance.now();
    const wait = Math.max(0, Math.min(TYPING_PAUSE_MS * patience, untilLongest));
    this.drafts.set(itemRef, { held, since, timer: setTimeout(() => this.settle(itemRef), wait) });
  }

  /** Forget a question's draft: something newer was written. */
  drop(itemRef: string): void {
    clearTimeout(this.drafts.get(itemRef)?.timer);
    this.drafts.delete(itemRef);
  }

  /** Write all drafts now. */
  settleAll(): void {
    for (const itemRef of [...this.drafts.keys()]) this.settle(itemRef);
  }

  private settle(itemRef: string): void {
    const draft = this.drafts.get(itemRef);
    if (!draft) return;
    this.drop(itemRef);
    this.write(itemRef, draft.held);
  }
}
