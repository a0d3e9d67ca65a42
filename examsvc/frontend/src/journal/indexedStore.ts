/**
 * A journal in IndexedDB. A browser may drop the connection under a page that stays (WebKit does after the machine
 * slept), and everything asked over it fails from then on: so it is opened again.
 */

import type { Entry, Mark } from "./entries";
import type { Store } from "./store";

const DATABASE = "examsvc-candidate";
const ENTRIES = "entries";
const MARKS = "marks";

/** Open the candidate's database, made where it is not there; throws why it cannot be. */
export function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
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

export class IndexedStore implements Store {
  readonly isDurable = true;
  private connection: Promise<IDBDatabase>;

  constructor(
    private readonly factory: IDBFactory,
    first: IDBDatabase,
  ) {
    this.connection = Promise.resolve(first);
  }

  async all(sittingId: string): Promise<Entry[]> {
    return this.within((database) =>
      asked<Entry[]>(database.transaction(ENTRIES).objectStore(ENTRIES).getAll(ofSitting(sittingId))),
    );
  }

  async write(put: readonly Entry[], remove: readonly Entry[] = []): Promise<void> {
    await this.within((database) => {
      const work = database.transaction(ENTRIES, "readwrite", { durability: "strict" });
      const entries = work.objectStore(ENTRIES);
      for (const entry of remove) entries.delete(keyOf(entry));
      for (const entry of put) entries.put(plain(entry));
      return done(work);
    });
  }

  async mark(sittingId: string): Promise<Mark | undefined> {
    return this.within((database) =>
      asked<Mark | undefined>(database.transaction(MARKS).objectStore(MARKS).get(sittingId)),
    );
  }

  async setMark(mark: Mark): Promise<void> {
    await this.within((database) => {
      const work = database.transaction(MARKS, "readwrite", { durability: "strict" });
      work.objectStore(MARKS).put(mark);
      return done(work);
    });
  }

  async forget(sittingId: string): Promise<number> {
    const entries = await this.all(sittingId);
    const gone = entries.filter((entry) => entry.acknowledged);
    await this.within((database) => {
      const work = database.transaction([ENTRIES, MARKS], "readwrite", { durability: "strict" });
      for (const entry of gone) work.objectStore(ENTRIES).delete(keyOf(entry));
      work.objectStore(MARKS).delete(sittingId);
      return done(work);
    });
    return entries.length - gone.length;
  }

  /** Do the work; when it fails the connection may be gone, and it is done once more over a new one. */
  private async within<Value>(work: (database: IDBDatabase) => Promise<Value>): Promise<Value> {
    const used = this.connection;
    try {
      return await work(await used);
    } catch {
      if (this.connection === used) this.connection = this.openAgain(used);
      return work(await this.connection);
    }
  }

  private openAgain(used: Promise<IDBDatabase>): Promise<IDBDatabase> {
    used.then((database) => database.close()).catch(() => undefined);
    return openDatabase(this.factory);
  }
}

export function keyOf(entry: Entry): [string, number, number] {
  return [entry.sitting_id, entry.epoch, entry.seq];
}

/** A copy without any proxy of the page's state, which IndexedDB cannot clone. */
export function plain(entry: Entry): Entry {
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
