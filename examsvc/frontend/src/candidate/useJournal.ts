/** The sitting's journal in this page: opened once, and what it tells the page is taken over. */

import { onScopeDispose, shallowRef, watch } from "vue";

import type { Held } from "@/journal/entries";
import type { Journal } from "@/journal/journal";
import type { Claimed, JournalStatus } from "@/journal/surroundings";
import type { Claim, Receipt } from "@/journal/wire";
import { serverClock } from "@/time/serverClock";

import { journalOf } from "./journalOf";
import { keepChainHead } from "./receipts";
import type { Sitting } from "./useSitting";

export type SittingJournal = ReturnType<typeof useJournal>;

const QUIET: JournalStatus = { unsaved: 0, isReachable: true, halt: null, isDurable: true, superseded: 0, refused: 0, handInAt: null };

/** `showAll` shows what a journal holds in place of what was shown. */
export function useJournal(sitting: Sitting, showAll: (held: ReadonlyMap<string, Held>) => void) {
  const status = shallowRef<JournalStatus>(QUIET);
  let journal: Journal | null = null;

  const opened = (): Journal | null => journal;

  async function open(): Promise<Journal> {
    return (journal ??= await made());
  }

  /** Open the journal only if an earlier page left something in it that the server never confirmed; returns whether. */
  async function openLeft(): Promise<boolean> {
    if (journal) return false;
    const left = await made();
    if (!(await left.hasLeft())) return false;
    journal ??= left;
    return true;
  }

  const made = (): Promise<Journal> =>
    journalOf(sitting, {
      now: () => new Date(now()),
      leftMs: untilClose,
      changed: () => (status.value = journal?.status ?? QUIET),
      received,
      reclaimed: (claimed) => {
        take(claimed);
        void sitting.refresh(); // a claim may have opened it
      },
    });

  /** The server's time as this page knows it, in milliseconds since 1970. */
  function now(): number {
    return serverClock.now() ?? performance.timeOrigin + performance.now();
  }

  /** Milliseconds until the close, negative within the grace; null without an end. */
  function untilClose(): number | null {
    const [closesAt, now] = [sitting.view.value?.closes_at, serverClock.now()];
    return closesAt && now !== null ? Date.parse(closesAt) - now : null;
  }

  function take({ claim, held }: Claimed): Claim {
    showAll(held);
    sitting.amend({ server_now: claim.server_now, closes_at: claim.closes_at, epoch: claim.epoch });
    keepChainHead(sitting.id, claim.chain_head);
    return claim;
  }

  function received({ server_now, closes_at, answered_count, chain_head }: Receipt): void {
    sitting.isConnected.value = true;
    sitting.amend({ server_now, closes_at, answered_count });
    keepChainHead(sitting.id, chain_head);
  }

  // The server takes nothing any more: ask it how the sitting stands.
  watch(
    () => status.value.halt,
    (halt) => {
      if (halt === "closed" && !sitting.isOver.value) void sitting.refresh();
      if (halt === "moved") sitting.isMoved.value = true;
    },
  );
  watch(sitting.isMoved, (isMoved) => isMoved && journal?.stop("moved"));
  // Another page has taken the sitting over, or the office late answers: the journal finds out, and may go on by itself.
  watch(
    () => sitting.view.value?.epoch ?? 0,
    (epoch) => journal?.delivery.lookBehind(epoch),
  );
  onScopeDispose(() => journal?.stop("closed"));

  const goOn = (): void => journal?.delivery.goOn();

  return { status, opened, open, openLeft, take, goOn, now, untilClose };
}
