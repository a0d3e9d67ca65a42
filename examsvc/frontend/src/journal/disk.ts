/** The store behind a journal, never in its way: a disk that fails is noticed, and the line still goes to the server. */

import { type Entry, keyOf, type Mark } from "./entries";
import type { LastWords } from "./lastWords";
import type { Store } from "./store";

/** A disk that has not written by then counts as one that refused: answers do not wait for it any longer. */
export const PATIENCE_MS = 3_000;

export class SafeDisk {
  isDurable: boolean;
  private readonly writing = new Set<string>();
  /** Refused by the disk, or found in last words only. */
  private readonly missing = new Set<string>();
  private hasLastWords = false;

  constructor(
    private readonly sittingId: string,
    private readonly store: Store,
    private readonly lastWords: LastWords,
  ) {
    this.isDurable = store.isDurable;
  }

  /** Whether nothing more is to be awaited for an entry: it is on disk, or the disk has refused it. */
  has(entry: Entry): boolean {
    return !this.writing.has(keyOf(entry));
  }

  /** Everything kept of the sitting, last words included. */
  async all(): Promise<Entry[]> {
    const stored = (await this.tried(this.store.all(this.sittingId))) ?? [];
    const keys = new Set(stored.map(keyOf));
    const words = this.lastWords.read(this.sittingId).filter((entry) => !keys.has(keyOf(entry)));
    for (const entry of words) this.missing.add(keyOf(entry));
    return [...stored, ...words];
  }

  /** Keep at once, elsewhere, what nobody has confirmed and what may not be on disk: of each question the newest. */
  keepLastWords(entries: readonly Entry[]): void {
    const atRisk = entries.filter((entry) => !entry.acknowledged && this.isAtRisk(keyOf(entry)));
    const words = [...new Map(atRisk.map((entry) => [entry.item_ref, entry])).values()];
    if (words.length > 0) this.lastWords.keep(this.sittingId, words);
    else if (this.hasLastWords) this.lastWords.clear(this.sittingId);
    this.hasLastWords = words.length > 0;
  }

  /** Some of what this page kept so may be confirmed by now. */
  renewLastWords(entries: readonly Entry[]): void {
    if (this.hasLastWords) this.keepLastWords(entries);
  }

  /** Their place, those of an earlier page too, is taken by what a claim has just written. */
  replaceLastWords(entries: readonly Entry[]): void {
    this.hasLastWords = true;
    this.keepLastWords(entries);
  }

  /** Resolves once it is on disk, or once the disk has refused. */
  async write(put: readonly Entry[], remove: readonly Entry[] = []): Promise<void> {
    if (put.length + remove.length === 0) return;
    for (const entry of put) this.writing.add(keyOf(entry));
    const isKept = (await this.tried(soon(this.store.write(put, remove).then(() => true)))) ?? false;
    for (const key of put.map(keyOf)) {
      this.writing.delete(key);
      if (isKept) this.missing.delete(key);
      else this.missing.add(key);
    }
  }

  async mark(): Promise<Mark> {
    const blank = { sitting_id: this.sittingId, receipt: null, hand_in_at: null };
    return (await this.tried(this.store.mark(this.sittingId))) ?? blank;
  }

  /** Resolves once it is on disk, or once the disk has refused. */
  async setMark(mark: Mark): Promise<void> {
    await this.tried(soon(this.store.setMark(mark)));
  }

  /** Forget what is confirmed; `left` is what is not. */
  async forget(left: readonly Entry[]): Promise<void> {
    this.replaceLastWords(left);
    await this.tried(this.store.forget(this.sittingId));
  }

  private isAtRisk(key: string): boolean {
    return this.writing.has(key) || this.missing.has(key);
  }

  private async tried<Value>(work: Promise<Value>): Promise<Value | undefined> {
    try {
      return await work;
    } catch {
      this.isDurable = false;
      return undefined;
    }
  }
}

/** The same work, which fails when it takes longer than one waits for a disk. */
function soon<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the disk does not answer")), PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
