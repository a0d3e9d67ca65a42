import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";
import { describe, expect, it } from "vitest";

import type { Entry } from "./entries";
import { openStore } from "./store";

/** A browser that can drop its connections, and refuse new ones. */
class Browser extends IDBFactory {
  isRefusing = false;
  opened: IDBDatabase[] = [];

  override open(name: string, version?: number): IDBOpenDBRequest {
    if (this.isRefusing) throw new DOMException("no more", "UnknownError");
    const opening = super.open(name, version);
    opening.addEventListener("success", () => this.opened.push(opening.result));
    return opening;
  }

  drop(): void {
    for (const connection of this.opened) connection.close();
  }
}

const line = (seq: number): Entry => ({
  sitting_id: "s",
  epoch: 1,
  seq,
  item_ref: "1",
  answer: { choice: "a" },
  flagged: false,
  client_at: "2026-11-23T01:00:00Z",
  acknowledged: false,
  set_aside: null,
});

describe("a store whose connection the browser has dropped", () => {
  it("is opened again, once for all who ask", async () => {
    const browser = new Browser();
    const store = await openStore(browser);
    await store.write([line(1)]);
    browser.drop();
    await Promise.all([store.write([line(2)]), store.write([line(3)]), store.setMark({ sitting_id: "s", receipt: "R", hand_in_at: null })]);
    expect((await store.all("s")).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await store.mark("s"))?.receipt).toBe("R");
    expect(browser.opened).toHaveLength(2);
  });

  it("fails while it cannot be opened, and is tried anew by the next who asks", async () => {
    const browser = new Browser();
    const store = await openStore(browser);
    browser.drop();
    browser.isRefusing = true;
    await expect(store.write([line(1)])).rejects.toThrow();
    browser.isRefusing = false;
    await store.write([line(2)]);
    expect((await store.all("s")).map(({ seq }) => seq)).toEqual([2]);
  });
});
