import { describe, expect, it } from "vitest";
import { ref } from "vue";

import { Refusal } from "@/api/refusal";
import { Journal } from "@/journal/journal";
import { lastWordsIn } from "@/journal/lastWords";
import { MemoryStore } from "@/journal/store";
import { ModelServer } from "@/journal/testing";

import type { Paper, SittingView } from "./types";
import { useEnding } from "./useEnding";
import type { SittingJournal } from "./useJournal";
import type { Sitting } from "./useSitting";

const words = lastWordsIn(() => {
  throw new Error("no storage");
});

/** The answers' server, which takes a hand-in of what it has. */
function handingIn(server: ModelServer) {
  return (epoch: number, last_seq: number): Promise<SittingView> => {
    if (epoch !== server.epoch) return Promise.reject(new Refusal("epoch_superseded", "", 409));
    const missing = new Refusal("responses_missing", "", 409, { acknowledged_seq: server.lastSeq });
    if (last_seq > server.lastSeq) return Promise.reject(missing);
    return Promise.resolve({ epoch, state: "HANDED_IN", finish_reason: "BY_CANDIDATE" } as SittingView);
  };
}

async function page() {
  const server = new ModelServer();
  const quiet = { now: () => new Date(0), leftMs: () => null, changed: () => undefined, received: () => undefined };
  const own = new Journal("s", new MemoryStore(), words, server, { ...quiet, reclaimed: () => undefined });
  await own.claim();
  for (const item_ref of ["1", "2", "3"]) own.record(item_ref, { answer: { choice: "a" }, flagged: false });
  const seen: SittingView[] = [];
  const ending = useEnding({
    sitting: { id: "s", api: { handIn: handingIn(server) }, adopt: (view: SittingView) => seen.push(view) } as unknown as Sitting,
    journal: { opened: () => own } as unknown as SittingJournal,
    paper: ref<Paper | null>(null),
    afterwards: {} as Parameters<typeof useEnding>[0]["afterwards"],
    admitted: () => Promise.resolve(),
  });
  await quietOf(own);
  return { server, own, ending, seen };
}

/** Until everything written is confirmed. */
async function quietOf(journal: Journal): Promise<void> {
  while (journal.status.unsaved > 0) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("a hand-in", () => {
  it("sends again what the server confirmed and has lost, and goes through then", async () => {
    const { server, own, ending, seen } = await page();
    server.log = server.log.slice(0, 1);
    server.lastSeq = 1;
    await expect(ending.handIn()).rejects.toMatchObject({ code: "responses_missing" });
    await quietOf(own);
    await ending.handIn();
    expect(seen).toMatchObject([{ state: "HANDED_IN" }]);
    expect(server.answers().map(({ item_ref }) => item_ref)).toEqual(["1", "2", "3"]);
  });

  it("goes through once the page goes on, which the office had fenced", async () => {
    const { server, own, ending, seen } = await page();
    server.takeOver({ ...(await own.lines.all())[0]!, epoch: 0, item_ref: "4" });
    await expect(ending.handIn()).rejects.toMatchObject({ code: "epoch_superseded" });
    while (own.epoch !== server.epoch) await new Promise((resolve) => setTimeout(resolve, 1));
    await ending.handIn();
    expect(seen).toMatchObject([{ state: "HANDED_IN" }]);
    expect(server.answers().map(({ item_ref }) => item_ref)).toEqual(["1", "2", "3", "4"]);
  });
});
