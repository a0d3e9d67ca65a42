import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";
import { describe, expect, it } from "vitest";

import { SafeDisk } from "./disk";
import { countsOf, type Entry } from "./entries";
import { Marks } from "./marks";
import { openStore, type Store } from "./store";

const silent = { keep: () => undefined, read: () => [], clear: () => undefined };

function marksIn(store: Store): Marks {
  return new Marks("s", new SafeDisk("s", store, silent), () => undefined);
}

describe("what is kept beside the lines", () => {
  it("outlives the page: the hand-in and the last receipt", async () => {
    const factory = new IDBFactory();
    const first = marksIn(await openStore(factory));
    first.keepReceipt("R1.a");
    await first.handIn(new Date("2026-11-23T01:00:00Z"));
    const second = marksIn(await openStore(factory));
    await second.load();
    expect([second.receipt, second.handInAt]).toEqual(["R1.a", "2026-11-23T01:00:00.000Z"]);
  });

  it("the first hand-in stands; one that was confirmed is gone for good", async () => {
    const factory = new IDBFactory();
    const marks = marksIn(await openStore(factory));
    await marks.handIn(new Date("2026-11-23T01:00:00Z"));
    await marks.handIn(new Date("2026-11-23T01:05:00Z"));
    expect(marks.handInAt).toBe("2026-11-23T01:00:00.000Z");
    await marks.clearHandIn();
    const second = marksIn(await openStore(factory));
    await second.load();
    expect(second.handInAt).toBeNull();
  });

  it("goes on in memory when the disk refuses", async () => {
    const store = await openStore(new IDBFactory());
    store.setMark = () => Promise.reject(new Error("full"));
    const marks = marksIn(store);
    await marks.handIn(new Date("2026-11-23T01:00:00Z"));
    await marks.load();
    expect(marks.handInAt).toBe("2026-11-23T01:00:00.000Z");
  });

  it("a journal of an older version of this page is taken over with its lines", async () => {
    const factory = new IDBFactory();
    await new Promise<void>((resolve, reject) => {
      const opening = factory.open("examsvc-candidate", 1);
      opening.onupgradeneeded = () => {
        const entries = opening.result.createObjectStore("entries", { keyPath: ["sitting_id", "epoch", "seq"] });
        entries.put(line(1, 1, false));
      };
      opening.onsuccess = () => resolve(opening.result.close());
      opening.onerror = () => reject(opening.error);
    });
    const store = await openStore(factory);
    expect(store.isDurable).toBe(true);
    expect(await store.all("s")).toEqual([line(1, 1, false)]);
  });
});

describe("the counts of a journal", () => {
  it("are the highest numbers of each epoch, written and confirmed", () => {
    const lines = [line(2, 1, false), line(1, 2, true), line(1, 1, true), line(1, 3, false)];
    expect(countsOf(lines)).toEqual([
      { epoch: 1, written_seq: 3, acknowledged_seq: 2 },
      { epoch: 2, written_seq: 1, acknowledged_seq: 0 },
    ]);
  });

  it("are those of the lines where nothing was claimed, whatever their numbers are", () => {
    expect(countsOf([line(0, 486_000_007, false), line(0, 486_012_307, false)])).toEqual([
      { epoch: 0, written_seq: 2, acknowledged_seq: 0 },
    ]);
  });
});

function line(epoch: number, seq: number, acknowledged: boolean): Entry {
  const at = { client_at: "2026-11-23T01:00:00Z", acknowledged, set_aside: null };
  return { sitting_id: "s", epoch, seq, item_ref: "1", answer: { choice: "a" }, flagged: false, ...at };
}
