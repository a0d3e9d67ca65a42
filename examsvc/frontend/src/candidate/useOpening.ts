/** Opening the paper: claimed and fetched, or opened from its sealed copy and claimed when it is this page's turn. */

import { onScopeDispose, ref } from "vue";

import type { Held } from "@/journal/entries";

import type { Start } from "./link/ProctorLink";
import { Admission } from "./sealed/admission";
import type { useOpened } from "./sealed/useOpened";
import type { Preload } from "./sealed/usePreload";
import type { SittingJournal } from "./useJournal";
import type { Sitting } from "./useSitting";

interface Page {
  sitting: Sitting;
  preload: Preload;
  journal: SittingJournal;
  shown: ReturnType<typeof useOpened>;
  showAll(held: ReadonlyMap<string, Held>): void;
  /** The sitting goes on: what was done after its end is called off. */
  goOn(): void;
}

export function useOpening({ sitting, preload, journal, shown, showAll, goOn }: Page) {
  const { paper, show, openedBy } = shown;
  const isEntering = ref(false);
  const admission = new Admission(admit, journal.untilClose, shutOut);

  /** Claim the sitting for this page and fetch the paper; throws what the server refused. Also takes over again. */
  async function enter(): Promise<void> {
    if (isEntering.value) return;
    isEntering.value = true;
    try {
      const own = await journal.open();
      goOn();
      const claim = journal.take(await own.claim());
      if (!paper.value) show((await openedBy(claim)) ?? { paper: await sitting.api.paper(), files: new Map() });
      await sitting.refresh();
    } finally {
      isEntering.value = false;
    }
  }

  /**
   * The common start was told: open the sealed paper at once, without asking anybody, and claim the sitting when it is
   * this page's turn. Until then the journal keeps what is answered. Without a sealed paper nothing happens here.
   */
  async function begin(start: Start): Promise<void> {
    if (isEntering.value) return;
    if (paper.value) return uncover(start);
    isEntering.value = true;
    try {
      const opened = wasAnswered() ? null : await preload.open(start);
      if (!opened) return void sitting.refresh(); // it has begun: the page enters in the ordinary way
      showAll(await (await journal.open()).recall());
      show(opened);
      sitting.amend({ server_now: start.server_now, phase: "OPEN" });
      admission.within(start.claim_after_ms, start.claim_within_ms);
    } finally {
      isEntering.value = false;
    }
  }

  /** The common start has come and was not told here, for want of a line: ask for the keys, and go on as if it had been. */
  async function beginUntold(): Promise<void> {
    await begin({ claim_after_ms: 0, ...(await sitting.api.paperKey()) });
  }

  /** Something may have been answered before the start was moved: it comes with a claim, before the first new answer. */
  const wasAnswered = (): boolean => (sitting.view.value?.epoch ?? 0) > 0;

  /** A claim before this start, if there was one, holds no more: everybody comes again. */
  const isExpected = (): boolean => sitting.view.value?.state === "EXPECTED";

  /** The start had been moved, and this page holds the paper since before. */
  function uncover({ server_now, claim_after_ms, claim_within_ms }: Start): void {
    if (sitting.view.value?.phase === "WAITING") sitting.amend({ server_now, phase: "OPEN" });
    if (isExpected()) admission.within(claim_after_ms, claim_within_ms);
  }

  async function admit(canWait: boolean): Promise<void> {
    const own = journal.opened();
    if (!own || (own.epoch > 0 && !isExpected())) return;
    const claim = journal.take(await own.claim({ canWait, isByItself: true }));
    // Thousands claim within a minute or two: what the answer says is enough, unless a proctor paused meanwhile.
    if (claim.paper_key && isExpected()) sitting.amend({ state: "IN_PROGRESS" });
    else await sitting.refresh();
  }

  /** Nobody claims it any more: what was written before a claim is handed over as late. */
  function shutOut(code: string): void {
    if (code === "sitting_over") journal.opened()?.stop("closed");
    if (code === "claim_outdated") journal.opened()?.stop("superseded");
    void sitting.refresh();
  }

  onScopeDispose(() => admission.stop());
  return { isEntering, enter, begin, beginUntold, admission };
}
