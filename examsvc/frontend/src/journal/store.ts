/** Where the journal lives: IndexedDB, written strictly; memory when the browser will not give us a database. */

import type { Entry, Mark } from "./entries";

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

const DATABASE = "examsvc-candidate";
const ENTRIES = "entries";
const MARKS = "marks";

/** Open the durable store, or one in memory when the browser refuses. */
export async function openStore(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Store> {
  if (!factory) return new MemoryStore();
  try {
    return new IndexedStore(await openDatabase(factory));
  } catch {
    return new MemoryStore();
  }
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(DATABASE, 2);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) opening.result.createObjectStore(ENTRIES, { keyPath: ["sitting_id", "epoch", "seq"] });
      opening.result.createObjectStore(MARKS, { keyPath: "sitting_id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error("blocked"));
  });
}

class IndexedStore implements Store {
  readonly isDurable = true;

  constructor(private readonly database: IDBDatabase) {}

  async all(sittingId: string): Promise<Entry[]> {
    const entries = this.database.transaction(ENTRIES).objectStore(ENTRIES);
    return asked<Entry[]>(entries.getAll(ofSitting(sittingId)));
  }

  async write(put: readonly Entry[], remove: readonly Entry[] = []): Promise<void> {
    const work = this.database.transaction(ENTRIES, "readwrite", { durability: "strict" });
    const entries = work.objectStore(ENTRIES);
    for (const entry of remove) entries.delete(keyOf(entry));
    for (const entry of put) entries.put(plain(entry));
    await done(work);
  }

  async mark(sittingId: string): Promise<Mark | undefined> {
    return asked<Mark | undefined>(this.database.transaction(MARKS).objectStore(MARKS).get(sittingId));
  }

  async setMark(mark: Mark): Promise<void> {
    const work = this.database.transaction(MARKS, "readwrite", { durability: "strict" });
    work.objectStore(MARKS).put(mark);
    await done(work);
  }

  async forget(sittingId: string): Promise<number> {
    const entries = await this.all(sittingId);
    const work = this.database.transaction([ENTRIES, MARKS], "readwrite", { durability: "strict" });
    const gone = entries.filter((entry) => entry.acknowledged);
    for (const entry of gone) work.objectStore(ENTRIES).delete(keyOf(entry));
    work.objectStore(MARKS).delete(sittingId);
    await done(work);
    return entries.length - gone.length;
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

function keyOf(entry: Entry): [string, number, number] {
  return [entry.sitting_id, entry.epoch, entry.seq];
}

/** A copy without any proxy of the page's state, which IndexedDB cannot clone. */
function plain(entry: Entry): Entry {
  return JSON.parse(JSON.stringify(entry)) as Entry;
}

function ofSitting(sittingId: string): IDBKeyRange {
  return IDBKeyRange.bound([sittingId], [sittingId, []]);
}

function asked<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(work: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error);
    work.onerror = () => reject(work.error);
  });
}
