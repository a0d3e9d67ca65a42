import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, shallowRef } from "vue";

import { Journal } from "@/journal/journal";
import { lastWordsIn } from "@/journal/lastWords";
import { MemoryStore } from "@/journal/store";
import { ModelServer } from "@/journal/testing";
import type { Claimed } from "@/journal/surroundings";

import type { Preload } from "./sealed/usePreload";
import type { Paper, SittingView } from "./types";
import type { SittingJournal } from "./useJournal";
import { useOpening } from "./useOpening";
import type { Sitting } from "./useSitting";

const START = { server_now: "2026-11-30T01:00:00Z", claim_after_ms: 0, claim_within_ms: 0, paper_key: "", media_key: "" };
const words = lastWordsIn(() => {
  throw new Error("no storage");
});
let scope = effectScope();

beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

/** A page whose sitting was claimed once, before the start was moved; it holds the paper, or has been loaded since. */
async function page(state: SittingView["state"], paper: Paper | null) {
  const server = new ModelServer();
  const quiet = { now: () => new Date(0), leftMs: () => null, changed: () => undefined, received: () => undefined };
  const own = new Journal("s", new MemoryStore(), words, server, { ...quiet, reclaimed: () => undefined });
  await own.claim();
  const view = shallowRef({ state, phase: "WAITING", epoch: 1 } as SittingView);
  const told = { refreshed: 0, unsealed: 0 };
  const opening = scope.run(() =>
    useOpening({
      sitting: {
        view,
        amend: (part: Partial<SittingView>) => void (view.value = { ...view.value, ...part }),
        refresh: () => Promise.resolve(void (told.refreshed += 1)),
      } as unknown as Sitting,
      preload: { open: () => Promise.resolve(void (told.unsealed += 1)) } as unknown as Preload,
      journal: { opened: () => own, take: ({ claim }: Claimed) => claim, untilClose: () => null } as unknown as SittingJournal,
      shown: { paper: shallowRef(paper) } as unknown as Parameters<typeof useOpening>[0]["shown"],
      showAll: () => undefined,
      goOn: () => undefined,
    }),
  )!;
  const begin = async (): Promise<void> => {
    await opening.begin(START);
    await vi.advanceTimersByTimeAsync(1);
  };
  return { begin, own, view, told };
}

const PAPER = { sections: [] } as unknown as Paper;

describe("a start that was moved", () => {
  it("to another day is claimed anew by a page that holds the paper since before", async () => {
    const { begin, own, view } = await page("EXPECTED", PAPER);
    await begin();
    expect([own.epoch, view.value.phase]).toEqual([2, "OPEN"]);
  });

  it("on the same day only shows the paper again", async () => {
    const { begin, own, view } = await page("IN_PROGRESS", PAPER);
    await begin();
    expect([own.epoch, view.value.phase]).toEqual([1, "OPEN"]);
  });

  it("is entered by a claim where something may have been answered before: its answers come first", async () => {
    const { begin, told } = await page("EXPECTED", null);
    await begin();
    expect(told).toEqual({ refreshed: 1, unsealed: 0 });
  });
});
