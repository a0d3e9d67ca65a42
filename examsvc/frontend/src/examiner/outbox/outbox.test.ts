import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { newId } from "@/shared/newId";

import { overlay } from "./events";
import { openStore } from "./indexedStore";
import { Outbox } from "./outbox";
import { MemoryStore, type Store } from "./store";
import { ModelServer } from "./testing";

const SHEET = "sheet-1";
const opened: Outbox[] = [];
let server: ModelServer;

async function page(store: Store, account = "me"): Promise<Outbox> {
  const outbox = new Outbox(account, store, {
    now: () => new Date("2026-11-23T01:00:00Z"),
    send: server.send,
    received: () => undefined,
    changed: () => undefined,
  });
  opened.push(outbox);
  await outbox.open();
  return outbox;
}

function mark(outbox: Outbox, criterion: number, value: number | null, sheet = SHEET): void {
  outbox.record(sheet, { criterion, value, note: "" });
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new ModelServer();
});

afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.stop();
  vi.restoreAllMocks();
});

describe.each([
  ["on disk", openStore],
  ["in memory", async () => new MemoryStore()],
])("an outbox %s", (_where, open) => {
  it("sends what is noted and keeps nothing once the receipt is there", async () => {
    const outbox = await page(await open());
    mark(outbox, 1, 40_00);
    mark(outbox, 2, 60_00);
    expect(outbox.status.unsent).toBe(2);
    await outbox.flush();
    expect(outbox.status.unsent).toBe(0);
    expect(server.values(SHEET)).toEqual([
      [1, 40_00],
      [2, 60_00],
    ]);
  });

  it("shows a change at once and keeps it while there is no network", async () => {
    const outbox = await page(await open());
    server.isOffline = true;
    mark(outbox, 1, 40_00);
    mark(outbox, 1, 20_00);
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 2, isReachable: false });
    expect([...overlay([], outbox.waiting(SHEET)).values()].map((each) => each.value)).toEqual([20_00]);
    server.isOffline = false;
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 0, isReachable: true });
    expect(server.values(SHEET)).toEqual([[1, 20_00]]);
  });

  it("changes nothing when a receipt was lost", async () => {
    const outbox = await page(await open());
    server.weather = ["answer-lost"];
    mark(outbox, 1, 40_00);
    await outbox.flush();
    expect(outbox.status.unsent).toBe(1);
    await outbox.flush();
    expect(outbox.status.unsent).toBe(0);
    expect(server.log).toHaveLength(1);
  });

  it("sends one batch at a time, at most 200 events each", async () => {
    const outbox = await page(await open());
    server.isOffline = true;
    for (let count = 0; count < 450; count += 1) mark(outbox, 1, count % 2 ? 0 : 20_00);
    await outbox.flush();
    server.isOffline = false;
    server.calls = 0;
    await Promise.all([outbox.flush(), outbox.flush(), outbox.flush()]);
    expect(server.log.map((event) => event.device_seq)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    expect(server.mostInFlight).toBe(1);
    expect(server.calls).toBe(3);
  });

  it("numbers each sheet by itself", async () => {
    const outbox = await page(await open());
    mark(outbox, 1, 0, "a");
    mark(outbox, 1, 0, "b");
    mark(outbox, 2, 0, "a");
    await outbox.flush();
    expect(server.log.filter((event) => event.sheet_id === "a").map((event) => event.device_seq)).toEqual([1, 2]);
    expect(server.log.filter((event) => event.sheet_id === "b").map((event) => event.device_seq)).toEqual([1]);
  });

  it("waits for a new login and goes on after it", async () => {
    const outbox = await page(await open());
    server.isLoggedOut = true;
    mark(outbox, 1, 0);
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 1, needsLogin: true });
    server.isLoggedOut = false;
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 0, needsLogin: false });
  });

  it("tells why the server does not take marks yet, and tries again", async () => {
    const outbox = await page(await open());
    server.isNotOpen = true;
    mark(outbox, 1, 0);
    await outbox.flush();
    expect(outbox.status.waitsFor?.code).toBe("marking_not_open");
    expect(outbox.status.isReachable).toBe(true);
    server.isNotOpen = false;
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 0, waitsFor: null });
  });

  it("sets a refused sheet aside until it is given up, and sends the others", async () => {
    const outbox = await page(await open());
    server.signed.add("a");
    mark(outbox, 1, 0, "a");
    mark(outbox, 1, 0, "b");
    await outbox.flush();
    expect([...outbox.status.refused].map(([sheet, refusal]) => [sheet, refusal.code])).toEqual([["a", "sheet_signed"]]);
    expect(outbox.status.unsent).toBe(1);
    expect(server.log.map((event) => event.sheet_id)).toEqual(["b"]);
    await outbox.discard("a");
    expect(outbox.status).toMatchObject({ unsent: 0 });
    await outbox.flush();
    expect(server.log).toHaveLength(1);
  });

  it("sends again what a restored server has lost", async () => {
    const outbox = await page(await open());
    for (const value of [0, 20_00, 40_00]) mark(outbox, 1, value);
    await outbox.flush();
    server.forgetAfter(1);
    mark(outbox, 2, 60_00);
    await outbox.flush();
    expect(server.log.map((event) => event.device_seq)).toEqual([1, 2, 3, 4]);
    expect(outbox.status.unsent).toBe(0);
  });

  it("takes new numbers when the lost events are no longer here", async () => {
    const store = await open();
    const outbox = await page(store);
    mark(outbox, 1, 0);
    await outbox.flush();
    await outbox.forget(SHEET);
    server.forgetAfter(0);
    mark(outbox, 2, 60_00);
    await outbox.flush();
    expect(server.values(SHEET)).toEqual([[2, 60_00]]);
    expect(outbox.status.unsent).toBe(0);
  });

  it("takes new numbers when a cloned tablet has used them", async () => {
    const outbox = await page(await open());
    mark(outbox, 1, 0);
    await outbox.flush();
    const [known] = server.log;
    server.log.push({ ...known!, event_id: newId(), device_seq: 2, value: 20_00 });
    mark(outbox, 1, 40_00);
    await outbox.flush();
    expect(server.values(SHEET)).toEqual([[1, 40_00]]);
    expect(outbox.status.unsent).toBe(0);
  });
});

describe("an outbox on disk", () => {
  it("does not send what another examiner left on the tablet, but tells of it", async () => {
    server.isOffline = true;
    const other = await page(await openStore(), "somebody else");
    mark(other, 1, 0);
    await other.flush();
    other.stop();
    server.isOffline = false;
    const outbox = await page(await openStore());
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 0, ofOthers: 1 });
    expect(server.log).toHaveLength(0);
  });

  it("sends after a reload what an earlier page left", async () => {
    server.isOffline = true;
    const before = await page(await openStore());
    mark(before, 1, 40_00);
    await before.flush();
    before.stop();
    server.isOffline = false;
    const after = await page(await openStore());
    expect(after.status.unsent).toBe(1);
    await after.flush();
    expect(server.values(SHEET)).toEqual([[1, 40_00]]);
  });

  it("never gives one number twice, though two tabs are open", async () => {
    const [one, other] = [await page(await openStore()), await page(await openStore())];
    for (const value of [0, 20_00, 40_00]) {
      mark(one, 1, value);
      mark(other, 2, value);
    }
    await Promise.all([one.flush(), other.flush()]);
    await Promise.all([one.flush(), other.flush()]);
    expect(server.log.map((event) => event.device_seq).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(server.log.map((event) => event.device_id)).size).toBe(1);
    expect([one.status.unsent, other.status.unsent]).toEqual([0, 0]);
  });

  it("still sends when the disk fails, and says that closing the page loses marks", async () => {
    const store = await openStore();
    const outbox = await page(store);
    server.isOffline = true;
    mark(outbox, 1, 0);
    await outbox.flush();
    vi.spyOn(store, "append").mockRejectedValue(new DOMException("full", "QuotaExceededError"));
    mark(outbox, 1, 40_00);
    await outbox.flush();
    expect(outbox.status).toMatchObject({ unsent: 2, isDurable: false });
    server.isOffline = false;
    await outbox.flush();
    expect(server.values(SHEET)).toEqual([[1, 40_00]]);
  });
});
