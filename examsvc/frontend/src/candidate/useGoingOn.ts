/** More time came after the server had closed: a page that still holds the paper sends again. */

import { computed, type Ref, watch } from "vue";

import type { SittingJournal } from "./useJournal";
import type { Sitting } from "./useSitting";

type Seen = Pick<Sitting, "view">;
type Own = Pick<SittingJournal, "status" | "untilClose" | "goOn">;

export function useGoingOn(sitting: Seen, journal: Own, paper: Readonly<Ref<unknown>>): void {
  let last = "";

  /** The end of the time that was given anew; empty while sending goes on, or nothing was given. */
  const openUntil = computed(() => {
    const { phase, closes_at } = sitting.view.value ?? {};
    const isShut = journal.status.value.halt === "closed" && paper.value !== null;
    return isShut && phase === "OPEN" && (journal.untilClose() ?? 0) > 0 ? (closes_at ?? "") : "";
  });

  // Once for each end: what the server refuses all the same is not asked again and again.
  watch(openUntil, (until) => {
    if (!until || until === last) return;
    last = until;
    journal.goOn();
  });
}
