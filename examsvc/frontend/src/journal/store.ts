/** Where the journal lives: IndexedDB, written strictly; memory when the browser will not give us a database. */

import type { Entry, Mark } from "./entries";
import { IndexedStore, keyOf, openDatabase, plain } from "./indexedStore";

export interface Store {
  /** False when a closed browser forgets everything. */
  readonly isDurable: boolean;
  /** All entries of a sitting, in order. */
  all(sittingId: string): Promise<Entry[]>;
  /** Add or replace entries, and take others away, all or nothing; resolves once it is on disk. */
  write(put: readonly Entry[], remove?: readonly Entry[]): Promise<void>;
  /** What is kept of a sitting beside its entries. */
  mark(sittingId: string): Promise<Mark | undefined>;
  setMark(mark: Mark): Promise<void>;
  /** Forget a sitting's entries that the server has confirmed, and its mark; returns how many entries stay. */
  forget(sittingId: string): Promise<number>;
}

/** Open the durable store, or one in memory when the browser refuses. */
export async function openStore(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Store> {
  if (!factory) return new MemoryStore();
  try {
    return new IndexedStore(factory, await openDatabase(factory));
  } catch {
    return new MemoryStore();
  }
}

/** The same promises, kept only as long as the page lives. */
export class MemoryStore implements Store {
  readonly isDurable = false;
  private readonly entries = new Map<string, Entry>();
  private readonly marks = new Map<string, Mark>();

  async all(sittingId: string): Promise<Entry[]> {
    const own = [...this.entries.values()].filter((entry) => entry.sitting_id === sittingId);
    return own.sort((one, other) => one.epoch - other.epoch || one.seq - other.seq);
  }

  async write(put: readonly Entry[], remove: readonly Entry[] = []): Promise<void> {
    for (const entry of remove) this.entries.delete(keyOf(entry).join(" "));
    for (const entry of put) this.entries.set(keyOf(entry).join(" "), plain(entry));
  }

  async mark(sittingId: string): Promise<Mark | undefined> {
    return this.marks.get(sittingId);
  }

  async setMark(mark: Mark): Promise<void> {
    this.marks.set(mark.sitting_id, mark);
  }

  async forget(sittingId: string): Promise<number> {
    const own = await this.all(sittingId);
    this.marks.delete(sittingId);
    await this.write(
      [],
      own.filter((entry) => entry.acknowledged),
    );
    return own.filter((entry) => !entry.acknowledged).length;
  }
}
