/** The store behind a journal, never in its way: a disk that fails is noticed, and the line still goes to the server. */

import { type Entry, keyOf, type Mark } from "./entries";
import type { LastWords } from "./lastWords";
import type { Store } from "./store";

export class SafeDisk {
  isDurable: boolean;
  private readonly writing = new Set<string>();

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
    return [...stored, ...this.lastWords.read(this.sittingId).filter((entry) => !keys.has(keyOf(entry)))];
  }

  /** The page is going away: keep at once what may not have reached the disk. */
  keepLastWords(entries: readonly Entry[]): void {
    this.lastWords.keep(
      this.sittingId,
      entries.filter((entry) => !this.has(entry)),
    );
  }

  /** Their place is taken by what a claim has just written. */
  clearLastWords(): void {
    this.lastWords.clear(this.sittingId);
  }

  /** Resolves once it is on disk, or once the disk has refused. */
  async write(put: readonly Entry[], remove: readonly Entry[] = []): Promise<void> {
    if (put.length + remove.length === 0) return;
    for (const entry of put) this.writing.add(keyOf(entry));
    await this.tried(this.store.write(put, remove));
    for (const entry of put) this.writing.delete(keyOf(entry));
  }

  async mark(): Promise<Mark> {
    const blank = { sitting_id: this.sittingId, receipt: null, hand_in_at: null };
    return (await this.tried(this.store.mark(this.sittingId))) ?? blank;
  }

  /** Resolves once it is on disk, or once the disk has refused. */
  async setMark(mark: Mark): Promise<void> {
    await this.tried(this.store.setMark(mark));
  }

  async forget(): Promise<void> {
    this.clearLastWords();
    await this.tried(this.store.forget(this.sittingId));
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
