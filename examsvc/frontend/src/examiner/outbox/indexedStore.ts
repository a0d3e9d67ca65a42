/** The outbox on disk: IndexedDB, written strictly. A connection that the browser kills is opened again. */

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";

import { newId } from "@/shared/newId";

import { byNumber, type Draft, type MarkEvent } from "./events";
import { type Counter, draftOf, inOrder, MemoryStore, numbered, type Store } from "./store";

interface Schema extends DBSchema {
  events: { key: [string, string, number]; value: MarkEvent };
  counters: { key: string; value: Counter };
}
type Work = IDBPTransaction<Schema, ("events" | "counters")[], "readwrite">;

const DATABASE = "examsvc-examiner";
const VERSION = 1;

/** Open the store on disk, or one in memory when the browser refuses. */
export async function openStore(): Promise<Store> {
  try {
    const store = new IndexedStore();
    await store.unsent();
    void globalThis.navigator?.storage?.persist?.(); // a full disk then takes others' data first
    return store;
  } catch {
    return new MemoryStore();
  }
}

class IndexedStore implements Store {
  readonly isDurable = true;
  private opened: Promise<IDBPDatabase<Schema>> | null = null;

  append(draft: Draft): Promise<MarkEvent> {
    return this.writing((work) => append(work, draft));
  }

  async unsent(): Promise<MarkEvent[]> {
    const all = await this.tried(async (database) => database.getAll("events"));
    return inOrder(all.filter((event) => !event.acknowledged));
  }

  async acknowledge(sheetId: string, deviceId: string, seq: number): Promise<void> {
    await this.writing(async (work) => {
      for (const event of await of(work, sheetId, deviceId))
        if (event.device_seq <= seq) await put(work, { ...event, acknowledged: true });
    });
  }

  goBack(sheetId: string, deviceId: string, seq: number): Promise<boolean> {
    return this.writing(async (work) => {
      const later = (await of(work, sheetId, deviceId)).filter((event) => event.device_seq >= seq);
      for (const event of later) await put(work, { ...event, acknowledged: false });
      return later[0]?.device_seq === seq;
    });
  }

  async renumber(sheetId: string): Promise<void> {
    await this.writing(async (work) => {
      const moved = (await of(work, sheetId)).filter((event) => !event.acknowledged).sort(byNumber);
      for (const event of moved) await work.objectStore("events").delete(keyOf(event));
      await work.objectStore("counters").delete(sheetId);
      for (const event of moved) await append(work, { ...draftOf(event), event_id: newId() });
    });
  }

  async forget(sheetId: string): Promise<void> {
    await this.writing((work) => work.objectStore("events").delete(within([sheetId])));
  }

  private async writing<Value>(step: (work: Work) => Promise<Value>): Promise<Value> {
    return this.tried(async (database) => {
      const work: Work = database.transaction(["events", "counters"], "readwrite", { durability: "strict" });
      const [value] = await Promise.all([step(work), work.done]);
      return value;
    });
  }

  /** Under memory pressure some browsers kill the connection: then open another, once. */
  private async tried<Value>(step: (database: IDBPDatabase<Schema>) => Promise<Value>): Promise<Value> {
    try {
      return await step(await this.database());
    } catch (failure) {
      if (!(failure instanceof DOMException && failure.name === "InvalidStateError")) throw failure;
      this.opened = null;
      return step(await this.database());
    }
  }

  private database(): Promise<IDBPDatabase<Schema>> {
    this.opened ??= openDB<Schema>(DATABASE, VERSION, {
      upgrade(database) {
        database.createObjectStore("events", { keyPath: ["sheet_id", "device_id", "device_seq"] });
        database.createObjectStore("counters", { keyPath: "sheet_id" });
      },
      terminated: () => (this.opened = null),
    });
    return this.opened;
  }
}

async function append(work: Work, draft: Draft): Promise<MarkEvent> {
  const counters = work.objectStore("counters");
  const known = await counters.get(draft.sheet_id);
  const counter = known ?? { sheet_id: draft.sheet_id, device_id: newId(), last_seq: 0 };
  counter.last_seq += 1;
  const event = numbered(draft, counter);
  await counters.put(counter);
  await put(work, event);
  return event;
}

async function put(work: Work, event: MarkEvent): Promise<void> {
  await work.objectStore("events").put(event);
}

function of(work: Work, ...under: string[]): Promise<MarkEvent[]> {
  return work.objectStore("events").getAll(within(under));
}

function within(under: string[]): IDBKeyRange {
  return IDBKeyRange.bound(under, [...under, []]);
}

function keyOf(event: MarkEvent): [string, string, number] {
  return [event.sheet_id, event.device_id, event.device_seq];
}
