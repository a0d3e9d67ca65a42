import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Entry, type Held, keyOf } from "./entries";
import { Journal } from "./journal";
import { lastWordsIn } from "./lastWords";
import { MemoryStore, openStore, type Store } from "./store";
import type { Claimed, Surroundings } from "./surroundings";
import { ModelServer, seeded } from "./testing";

const choice = (id: string, flagged = false): Held => ({ answer: { choice: id }, flagged });
const text = (words: string): Held => ({ answer: { text: words }, flagged: false });

let server: ModelServer;
let store: Store;
let drawer: Map<string, string>;
const lastWords = lastWordsIn(
  () =>
    ({
      getItem: (name: string) => drawer.get(name) ?? null,
      setItem: (name: string, value: string) => drawer.set(name, value),
      removeItem: (name: string) => drawer.delete(name),
    }) as unknown as Storage,
);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  server = new ModelServer();
  store = await openStore(new IDBFactory());
  drawer = new Map();
});

afterEach(() => {
  vi.useRealTimers();
});

function tab(more: Partial<Surroundings> = {}): Journal {
  return new Journal("s", store, lastWords, server, {
    now: () => new Date("2026-11-23T01:00:00Z"),
    leftMs: () => null,
    changed: () => undefined,
    received: () => undefined,
    reclaimed: () => undefined,
    ...more,
  });
}

/** Node's, in which fake-indexeddb takes its turns; Node's types would let the pages use what no browser has. */
declare function setImmediate(turn: (nothing: undefined) => void): void;

/** Let disk and network do what they can; time passes only when told. */
async function settle(ms = 0): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (ms) await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const onServer = () => Object.fromEntries(server.answers().map(({ item_ref, answer }) => [item_ref, answer]));

describe("saving", () => {
  it("is told only after the receipt", async () => {
    const journal = tab();
    await journal.claim();
    journal.record("1", choice("a"));
    expect(journal.status.unsaved).toBe(1);
    await settle();
    expect(journal.status.unsaved).toBe(0);
    expect(onServer()).toEqual({ 1: { choice: "a" } });
  });

  it("writes to disk before it sends", async () => {
    const journal = tab();
    await journal.claim();
    server.weather = Array<"lost">(99).fill("lost");
    journal.record("1", choice("a"));
    await settle();
    expect((await store.all("s")).map(({ seq, acknowledged }) => [seq, acknowledged])).toEqual([[1, false]]);
  });

  it("writes a line per pause in typing, and counts the words in between as unsaved", async () => {
    const journal = tab();
    await journal.claim();
    for (const words of ["提", "提示", "提示词"]) {
      journal.draft("1", text(words));
      await settle(100);
    }
    expect(journal.status.unsaved).toBe(1);
    expect(server.log).toEqual([]);
    await settle(400);
    expect(server.log.map((line) => line.answer)).toEqual([{ text: "提示词" }]);
    expect(journal.status.unsaved).toBe(0);
  });

  it("writes a long text less often, for each line holds all of it", async () => {
    const journal = tab();
    await journal.claim();
    journal.draft("q1", text("论".repeat(2_000)));
    await settle(1_000);
    expect(journal.status.unsaved).toBe(1);
    expect(onServer()).toEqual({});
    await settle(600);
    expect(onServer()).toEqual({ q1: { text: "论".repeat(2_000) } });
  });

  it("writes down one who never pauses", async () => {
    const journal = tab();
    await journal.claim();
    for (let key = 0; key < 50; key++) {
      journal.draft("1", text("字".repeat(key)));
      await settle(100);
    }
    expect(server.log.length).toBeGreaterThanOrEqual(1);
  });

  it("a flush writes what is being typed at once", async () => {
    const journal = tab();
    await journal.claim();
    journal.draft("1", text("半句"));
    journal.flush();
    await settle();
    expect(onServer()).toEqual({ 1: { text: "半句" } });
  });

  it("writes what is typed before a line that says that the question was left", async () => {
    const journal = tab();
    await journal.claim();
    journal.draft("1", text("最后一句"));
    journal.draft("2", text("旁边的"));
    journal.record("3", { answer: null, flagged: false });
    await settle();
    expect(server.log.map(({ item_ref }) => item_ref)).toEqual(["1", "2", "3"]);
    expect(journal.status.unsaved).toBe(0);
  });

  it("never has two requests under way", async () => {
    const journal = tab();
    await journal.claim();
    for (let number = 0; number < 30; number++) {
      journal.record("1", choice(String(number)));
      journal.flush();
      if (number % 7 === 0) await settle();
    }
    await settle();
    expect(server.mostInFlight).toBe(1);
    expect(onServer()).toEqual({ 1: { choice: "29" } });
  });

  it("goes on when the disk fails, and says so", async () => {
    const broken = new MemoryStore();
    broken.write = () => Promise.reject(new Error("full"));
    store = broken;
    const journal = tab();
    await journal.claim();
    journal.record("1", choice("a"));
    await settle();
    expect(journal.status).toMatchObject({ unsaved: 0, isDurable: false });
    expect(onServer()).toEqual({ 1: { choice: "a" } });
  });
});

describe("a disk that gives no answer or refuses", () => {
  const refusing = (): MemoryStore => Object.assign(new MemoryStore(), { write: () => Promise.reject(new Error("full")) });

  it("holds a line back for three seconds, not for ever", async () => {
    const silent = new MemoryStore();
    silent.write = () => new Promise(() => undefined);
    store = silent;
    const journal = tab();
    await journal.claim();
    journal.record("1", choice("a"));
    await settle(2_900);
    expect(server.log).toEqual([]);
    await settle(200);
    expect(onServer()).toEqual({ 1: { choice: "a" } });
    expect(journal.status).toMatchObject({ unsaved: 0, isDurable: false });
  });

  it("does not keep a hand-in back either", async () => {
    const silent = new MemoryStore();
    silent.setMark = () => new Promise(() => undefined);
    store = silent;
    const journal = tab();
    const handedIn = journal.marks.handIn(new Date("2026-11-23T01:30:00Z"));
    await settle(3_000);
    await handedIn;
    expect(journal.status.handInAt).toBe("2026-11-23T01:30:00.000Z");
  });

  it("leaves what nobody has confirmed to the last words, of each question the newest", async () => {
    store = refusing();
    const before = tab();
    await before.claim();
    server.weather = Array<"lost">(99).fill("lost");
    for (const [ref, id] of [["1", "a"], ["2", "b"], ["1", "c"]] as const) before.record(ref, choice(id));
    await settle();
    server.weather = [];
    const { held } = await tab().claim(); // the browser was killed: nothing said good-bye
    expect([...held]).toEqual([
      ["2", choice("b")],
      ["1", choice("c")],
    ]);
    expect(drawer.size).toBe(1);
    await settle();
    expect(onServer()).toEqual({ 1: { choice: "c" }, 2: { choice: "b" } });
    expect(drawer.size).toBe(0);
  });

  it("does not lose the last words when the sitting is over and they were not confirmed", async () => {
    store = refusing();
    const journal = tab();
    await journal.claim();
    server.isClosed = true;
    journal.record("1", choice("late"));
    await settle();
    await journal.forget();
    expect((await tab().lines.unconfirmed()).map(({ item_ref }) => item_ref)).toEqual(["1"]);
  });
});

describe("without a network", () => {
  it("tries again until it is through, and says that it is offline", async () => {
    const journal = tab();
    await journal.claim();
    server.weather = ["lost", "lost", "lost"];
    journal.record("1", choice("a"));
    await settle();
    expect(journal.status).toMatchObject({ unsaved: 1, isReachable: false });
    await settle(20_000);
    expect(journal.status).toMatchObject({ unsaved: 0, isReachable: true });
  });

  it("a lost receipt stores nothing twice", async () => {
    const journal = tab();
    await journal.claim();
    server.weather = ["answer-lost"];
    journal.record("1", choice("a"));
    journal.record("2", choice("b"));
    await settle();
    await settle(5_000);
    expect(server.log.map((line) => line.seq)).toEqual([1, 2]);
    expect(journal.status.unsaved).toBe(0);
  });

  it("a receipt that was lost with its page is made up for by the next claim: nothing is late in the end", async () => {
    const first = tab();
    await first.claim();
    server.weather = ["answer-lost"];
    first.record("1", choice("a"));
    await settle();
    first.stop();
    const second = tab();
    await second.claim();
    await settle();
    expect(server.log.map(({ epoch, seq }) => [epoch, seq])).toEqual([[1, 1]]);
    expect(await second.lines.unconfirmed()).toEqual([]);
    expect(await second.lines.counts()).toEqual([{ epoch: 1, written_seq: 1, acknowledged_seq: 1 }]);
    expect(await tab().hasLeft()).toBe(false);
  });

  it("does not wait out the pause once the network is back", async () => {
    const journal = tab();
    await journal.claim();
    server.weather = ["lost", "lost", "lost", "lost", "lost", "lost"];
    journal.record("1", choice("a"));
    await settle();
    server.weather = [];
    journal.flush();
    await settle();
    expect(journal.status.unsaved).toBe(0);
  });

  it("a pause of the sitting is no lost network, and the line waits", async () => {
    const journal = tab();
    await journal.claim();
    server.isPaused = true;
    journal.record("1", choice("a"));
    await settle();
    expect(journal.status).toMatchObject({ unsaved: 1, isReachable: true, halt: null });
    server.isPaused = false;
    await settle(5_000);
    expect(journal.status.unsaved).toBe(0);
  });
});

describe("after a reload", () => {
  it("sends what was never confirmed, under the new epoch", async () => {
    const before = tab();
    await before.claim();
    server.weather = Array<"lost">(99).fill("lost");
    before.record("1", choice("a"));
    await settle();
    before.stop();
    server.weather = [];
    const after = tab();
    const { held } = await after.claim();
    expect(held.get("1")).toEqual(choice("a"));
    await settle();
    expect(server.log.map(({ epoch, seq }) => [epoch, seq])).toEqual([[2, 1]]);
  });

  it("takes up what the disk had no time to write", async () => {
    const slow = new MemoryStore();
    slow.write = () => new Promise(() => undefined);
    store = slow;
    const before = tab();
    await before.claim();
    before.draft("1", text("最后一句"));
    before.leave();
    expect(drawer.size).toBe(1);
    store = new MemoryStore();
    const { held } = await tab().claim();
    await settle();
    expect(held.get("1")).toEqual(text("最后一句"));
    expect(onServer()).toEqual({ 1: { text: "最后一句" } });
    expect(drawer.size).toBe(0);
  });

  it("does not trust its own mark: what the server lost is sent again", async () => {
    const before = tab();
    await before.claim();
    before.record("1", choice("a"));
    await settle();
    before.stop();
    server.log = [];
    await tab().claim();
    await settle();
    expect(onServer()).toEqual({ 1: { choice: "a" } });
  });
});

describe("two tabs", () => {
  it("the first is fenced and takes over again when asked", async () => {
    const first = tab();
    await first.claim();
    const second = tab();
    await second.claim();
    second.record("1", choice("second"));
    await settle();
    first.record("1", choice("first"));
    first.record("2", choice("only here"));
    await settle();
    expect(first.status).toMatchObject({ halt: "superseded", unsaved: 2 });
    const { held } = await first.claim();
    await settle();
    expect(held.get("1")).toEqual(choice("second"));
    expect(onServer()).toEqual({ 1: { choice: "second" }, 2: { choice: "only here" } });
    expect(first.status).toMatchObject({ halt: null, unsaved: 0, superseded: 1 });
  });

  it("the second takes along what the first had not sent", async () => {
    const first = tab();
    await first.claim();
    server.weather = Array<"lost">(9).fill("lost");
    first.record("1", choice("a"));
    await settle();
    first.stop();
    server.weather = [];
    const { held } = await tab().claim();
    expect(held.get("1")).toEqual(choice("a"));
  });

  it("what is typed while taking over is not lost", async () => {
    const journal = tab();
    await journal.claim();
    const claiming = journal.claim();
    await Promise.resolve();
    journal.record("1", choice("meanwhile"));
    await claiming;
    await settle();
    expect(onServer()).toEqual({ 1: { choice: "meanwhile" } });
  });
});

it("a browser killed at any moment of a claim leaves on disk what was written meanwhile", async () => {
  const journal = tab();
  await journal.claim();
  const [lines, isThere]: [Map<string, Entry>, boolean[]] = [new Map(), []];
  const { mark, write } = { mark: store.mark.bind(store), write: store.write.bind(store) };
  store.mark = (sittingId) => {
    journal.record("1", choice("behind what the claim has read"));
    return mark(sittingId);
  };
  store.write = (put, remove = []) => {
    for (const line of remove) lines.delete(keyOf(line));
    for (const line of put) lines.set(keyOf(line), line);
    isThere.push([...lines.values()].some(({ item_ref }) => item_ref === "1"));
    return write(put, remove);
  };
  const { held } = await journal.claim();
  await settle();
  expect(held.get("1")).toEqual(choice("behind what the claim has read"));
  expect(isThere.length).toBeGreaterThan(1);
  expect(isThere).not.toContain(false);
  expect(onServer()).toEqual({ 1: { choice: "behind what the claim has read" } });
});

describe("answers that the office takes over while the candidate goes on", () => {
  /** An answer that an old machine could not send, then a machine with a disk of its own that has the sitting. */
  async function moved(more: Partial<Surroundings> = {}): Promise<{ old: Entry[]; journal: Journal }> {
    const before = tab();
    await before.claim();
    server.weather = Array<"lost">(9).fill("lost");
    before.record("1", choice("old"));
    before.record("5", choice("only there"));
    await settle();
    before.stop();
    const old = await before.lines.unconfirmed();
    server.weather = [];
    [store, drawer] = [await openStore(new IDBFactory()), new Map<string, string>()];
    const journal = tab(more);
    await journal.claim();
    return { old, journal };
  }

  it("do not shut its page out, and never beat what was written there since", async () => {
    const reclaimed = vi.fn();
    const { old, journal } = await moved({ reclaimed });
    server.weather = ["lost"];
    journal.record("1", choice("new"));
    await settle();
    server.takeOver(...old);
    await settle(5_000);
    expect(onServer()).toEqual({ 1: { choice: "new" }, 5: { choice: "only there" } });
    expect(journal.status).toMatchObject({ halt: null, isReachable: true, unsaved: 0, superseded: 0 });
    expect(server.claims).toBe(2);
    const [{ held }] = reclaimed.mock.lastCall as [Claimed];
    expect(Object.fromEntries(held)).toEqual({ 1: choice("new"), 5: choice("only there") });
  });

  it("are shown by a page that only hears of the new epoch", async () => {
    const reclaimed = vi.fn();
    const { old, journal } = await moved({ reclaimed });
    journal.delivery.lookBehind(server.epoch);
    await settle();
    expect(reclaimed).not.toHaveBeenCalled();
    server.takeOver(...old);
    journal.delivery.lookBehind(server.epoch);
    journal.delivery.lookBehind(server.epoch);
    await settle();
    expect(reclaimed).toHaveBeenCalledOnce();
    expect((reclaimed.mock.lastCall as [Claimed])[0].held.get("5")).toEqual(choice("only there"));
    expect(journal.epoch).toBe(server.epoch);
  });

  it("let the page go on whose network loses the answer to that", async () => {
    const { old, journal } = await moved();
    server.takeOver(...old);
    server.weather = ["answer-lost"];
    journal.delivery.lookBehind(server.epoch);
    await settle();
    expect(journal.status).toMatchObject({ halt: null, isReachable: false });
    journal.record("2", choice("meanwhile"));
    await settle(5_000);
    expect(journal.status).toMatchObject({ halt: null, isReachable: true, unsaved: 0 });
    expect(onServer()).toMatchObject({ 2: { choice: "meanwhile" } });
  });

  it("give way to what the same machine wrote after its file was saved", async () => {
    const journal = tab();
    await journal.claim();
    server.weather = Array<"lost">(3).fill("lost");
    journal.record("1", choice("in the file"));
    await settle();
    const file = (await journal.lines.unconfirmed()).map((entry) => ({ ...entry }));
    journal.record("1", choice("after it"));
    server.takeOver(...file);
    await settle(20_000);
    expect(onServer()).toEqual({ 1: { choice: "after it" } });
    expect(journal.status).toMatchObject({ halt: null, unsaved: 0, superseded: 0 });
  });

  it("leave the sitting to a page that has claimed it since", async () => {
    const { old, journal } = await moved();
    server.takeOver(...old);
    const other = tab();
    await other.claim();
    journal.record("1", choice("fenced"));
    await settle();
    expect(journal.status.halt).toBe("superseded");
    other.record("2", choice("live"));
    await settle();
    expect(other.status).toMatchObject({ halt: null, unsaved: 0 });
  });
});

it("words being typed while the sitting is claimed stay on the screen and are saved", async () => {
  const journal = tab();
  await journal.claim();
  const claiming = journal.claim();
  journal.draft("1", text("打字打到一半"));
  const { held } = await claiming;
  expect(held.get("1")).toEqual(text("打字打到一半"));
  await settle();
  expect(onServer()).toEqual({ 1: { text: "打字打到一半" } });
});

describe("refusals", () => {
  it("a closed sitting ends the sending, and the line stays on disk", async () => {
    const journal = tab();
    await journal.claim();
    server.isClosed = true;
    journal.record("1", choice("late"));
    await settle();
    expect(journal.status).toMatchObject({ halt: "closed", unsaved: 1 });
    await journal.forget();
    expect(await store.all("s")).toHaveLength(1);
  });

  it("more time after a closed sitting lets all be sent that was written meanwhile", async () => {
    const reclaimed = vi.fn();
    const journal = tab({ reclaimed });
    await journal.claim();
    server.isClosed = true;
    journal.record("1", choice("late"));
    await settle();
    journal.record("2", choice("in the extra time"));
    server.isClosed = false;
    journal.delivery.goOn();
    await settle();
    expect(journal.status).toMatchObject({ halt: null, isReachable: true, unsaved: 0 });
    expect(onServer()).toEqual({ 1: { choice: "late" }, 2: { choice: "in the extra time" } });
    expect(reclaimed).toHaveBeenCalledOnce();
  });

  it("nobody goes on by themselves where another page has taken over", async () => {
    const journal = tab();
    await journal.claim();
    await tab().claim();
    journal.record("1", choice("a"));
    await settle();
    journal.delivery.goOn();
    await settle();
    expect(journal.status.halt).toBe("superseded");
    expect(server.claims).toBe(2);
  });

  it("a lost login only interrupts", async () => {
    const journal = tab();
    await journal.claim();
    server.isLoggedOut = true;
    journal.record("1", choice("a"));
    await settle();
    expect(journal.status).toMatchObject({ halt: "login", unsaved: 1 });
    server.isLoggedOut = false;
    journal.flush();
    await settle();
    expect(journal.status).toMatchObject({ halt: null, unsaved: 0 });
  });

  it("a machine that the candidate was moved away from sends nothing any more and keeps what it has", async () => {
    const journal = tab();
    await journal.claim();
    server.isMoved = true;
    journal.record("1", choice("a"));
    await settle();
    expect(journal.status).toMatchObject({ halt: "moved", unsaved: 1 });
    const calls = server.calls;
    journal.flush();
    await settle();
    expect(server.calls).toBe(calls);
    expect(await store.all("s")).toHaveLength(1);
  });

  it("one line that the server refuses stops no other", async () => {
    const reclaimed = vi.fn();
    const journal = tab({ reclaimed });
    await journal.claim();
    server.badRefs.add("2");
    server.weather = ["lost"];
    for (const ref of ["1", "2", "3"]) journal.record(ref, choice(ref));
    await settle();
    await settle(5_000);
    expect(Object.keys(onServer()).sort()).toEqual(["1", "3"]);
    expect(journal.status).toMatchObject({ unsaved: 0, refused: 1 });
    expect(reclaimed).toHaveBeenCalledOnce();
  });

  it("what lies behind a refused line is handed over as late when nobody may claim any more", async () => {
    const journal = tab();
    await journal.claim();
    server.badRefs.add("1");
    server.claimRefusal = "sitting_over";
    server.weather = ["lost"];
    for (const ref of ["1", "2"]) journal.record(ref, choice(ref));
    await settle();
    await settle(5_000);
    expect(journal.status).toMatchObject({ halt: "closed", unsaved: 1, refused: 1 });
    expect((await journal.lines.unconfirmed()).map(({ item_ref }) => item_ref)).toEqual(["1", "2"]);
    const claims = server.claims;
    await settle(60_000);
    expect(server.claims).toBe(claims);
  });

  it("a claim after a refused line goes on more and more seldom", async () => {
    const journal = tab();
    await journal.claim();
    server.badRefs.add("1");
    journal.record("1", choice("1"));
    server.claimRefusal = "overloaded";
    await settle();
    await settle(120_000);
    expect(server.claims).toBeLessThan(25);
    server.claimRefusal = null;
    journal.flush();
    await settle();
    expect(journal.status).toMatchObject({ halt: null, isReachable: true, unsaved: 0, refused: 1 });
  });

  it("a server that forgot lines gets them again", async () => {
    const journal = tab();
    await journal.claim();
    for (const ref of ["1", "2", "3"]) journal.record(ref, choice(ref));
    await settle();
    server.log = server.log.slice(0, 1);
    server.lastSeq = 1;
    journal.record("4", choice("4"));
    await settle();
    expect(Object.keys(onServer())).toEqual(["1", "2", "3", "4"]);
  });
});

describe("what the server confirmed and has lost", () => {
  async function forgetful(): Promise<Journal> {
    const journal = tab();
    await journal.claim();
    for (const ref of ["1", "2", "3"]) journal.record(ref, choice(ref));
    await settle();
    server.log = server.log.slice(0, 1);
    server.lastSeq = 1;
    return journal;
  }

  it("is sent again as soon as the server says so", async () => {
    const journal = await forgetful();
    journal.delivery.sendAgain(1);
    expect(journal.status.unsaved).toBe(2);
    await settle();
    expect(Object.keys(onServer())).toEqual(["1", "2", "3"]);
    expect(journal.status.unsaved).toBe(0);
  });

  it("is sent again after a failed try too", async () => {
    const journal = await forgetful();
    server.weather = ["lost"];
    journal.record("4", choice("4"));
    await settle();
    await settle(5_000);
    expect(Object.keys(onServer())).toEqual(["1", "2", "3", "4"]);
  });

  it("is handed over as late, and not forgotten, when the sitting closes before that", async () => {
    const journal = await forgetful();
    server.isClosed = true;
    journal.delivery.sendAgain(1);
    await settle();
    expect(journal.status).toMatchObject({ halt: "closed", unsaved: 2 });
    expect((await journal.lines.unconfirmed()).map(({ item_ref }) => item_ref)).toEqual(["2", "3"]);
    await journal.forget();
    expect((await store.all("s")).map(({ item_ref }) => item_ref)).toEqual(["2", "3"]);
  });
});

describe("in any weather", () => {
  it("what the page showed last is what the server holds in the end", async () => {
    for (let seed = 1; seed <= 25; seed++) {
      server = new ModelServer();
      store = await openStore(new IDBFactory());
      drawer = new Map();
      const random = seeded(seed);
      const shown = new Map<string, Held>();
      let journal = tab();
      await journal.claim();
      for (let step = 0; step < 60; step++) {
        const dice = random();
        const ref = String(1 + Math.floor(random() * 5));
        if (dice < 0.6) {
          const held = dice < 0.3 ? choice(String(step)) : text(`第 ${step} 步`);
          shown.set(ref, held);
          if (dice < 0.3) journal.record(ref, held);
          else journal.draft(ref, held);
        } else if (dice < 0.75) server.weather.push(random() < 0.5 ? "lost" : "answer-lost");
        else if (dice < 0.85) await settle(Math.floor(random() * 3_000));
        else if (dice < 0.9) {
          journal.stop(); // a reload: the page writes down its drafts as it is hidden
          await settle();
          server.weather = [];
          journal = tab();
          await journal.claim();
        }
      }
      server.weather = [];
      journal.flush();
      await settle(30_000);
      expect(journal.status.unsaved, `seed ${seed}`).toBe(0);
      expect(onServer(), `seed ${seed}`).toEqual(
        Object.fromEntries([...shown].map(([ref, held]) => [ref, held.answer])),
      );
    }
  });
});

describe("before the claim, when a sealed paper is open already", () => {
  it("keeps what is answered and sends it with the claim", async () => {
    const journal = tab();
    await journal.recall();
    journal.record("1", choice("a"));
    journal.draft("2", text("提示词"));
    await settle(400);
    expect(journal.status.unsaved).toBe(2);
    expect(server.calls).toBe(0);
    const { held } = await journal.claim();
    expect(held.get("1")).toEqual(choice("a"));
    await settle();
    expect(onServer()).toEqual({ 1: { choice: "a" }, 2: { text: "提示词" } });
    expect(journal.status.unsaved).toBe(0);
  });

  it("loses nothing when the page is loaded again and goes on before anybody could claim", async () => {
    const first = tab();
    await first.recall();
    first.record("1", choice("a"));
    first.record("2", choice("b"));
    await settle();
    first.stop();
    const second = tab();
    expect([...(await second.recall())]).toEqual([
      ["1", choice("a")],
      ["2", choice("b")],
    ]);
    second.record("2", choice("c"));
    await settle();
    await second.claim();
    await settle();
    expect(onServer()).toEqual({ 1: { choice: "a" }, 2: { choice: "c" } });
  });

  it("keeps what two pages write that both wait, also when one of them is closed before it claims", async () => {
    let time = Date.parse("2026-11-23T01:00:00Z");
    const now = (): Date => new Date((time += 20));
    const [first, second] = [tab({ now }), tab({ now })];
    await first.recall();
    await second.recall();
    first.record("1", choice("a"));
    await settle();
    second.record("2", choice("b"));
    second.record("3", choice("older"));
    await settle();
    first.record("3", choice("newer"));
    await settle();
    first.stop();
    const { held } = await second.claim();
    expect(Object.fromEntries(held)).toEqual({ 1: choice("a"), 2: choice("b"), 3: choice("newer") });
    await settle();
    expect(onServer()).toEqual({ 1: { choice: "a" }, 2: { choice: "b" }, 3: { choice: "newer" } });
    expect(second.status).toMatchObject({ unsaved: 0, superseded: 0 });
  });

  it("gives way to what another machine has saved since", async () => {
    const journal = tab();
    await journal.recall();
    journal.record("1", choice("a"));
    await settle();
    server.epoch = 1;
    server.log.push({ item_ref: "1", ...choice("z"), epoch: 1, seq: 1, written_epoch: 1, written_seq: 1 });
    const { held } = await journal.claim();
    expect(held.get("1")).toEqual(choice("z"));
    expect(journal.status.superseded).toBe(1);
  });
});

describe("a page that is opened after the end", () => {
  it("finds what an earlier one could not deliver, and nothing once all is confirmed", async () => {
    const first = tab();
    await first.claim();
    first.record("1", choice("a"));
    await settle();
    expect(await tab().hasLeft()).toBe(false);
    server.weather = Array<"lost">(99).fill("lost");
    first.record("2", choice("b"));
    await settle();
    first.stop();
    const later = tab();
    expect(await later.hasLeft()).toBe(true);
    expect((await later.lines.unconfirmed()).map(({ item_ref, answer }) => [item_ref, answer])).toEqual([["2", { choice: "b" }]]);
  });

  it("finds a hand-in that was never confirmed, and another machine's nothing", async () => {
    const first = tab();
    await first.claim();
    await first.marks.handIn(new Date("2026-11-23T01:30:00Z"));
    expect(await tab().hasLeft()).toBe(true);
    store = await openStore(new IDBFactory());
    expect(await tab().hasLeft()).toBe(false);
  });
});
