/**
 * After a claim: what of the local journal has to be sent again under the new epoch. Pure.
 *
 * After a reload nothing local counts as synced because it was marked so; only the server's own answers say it. What the office
 * took over from a rescue file is as old as when a page wrote it, however late it was stored.
 * For each question the newest local entry is
 *   - synced, when the server holds it, a later one of the same epoch, or one of a later epoch that says the same; or had
 *     confirmed it and stored another after it. One whose receipt never arrived is confirmed by that: the server stores the
 *     lines of an epoch without a gap. What it has from elsewhere only needs no line here any more;
 *   - superseded, when the server holds an answer that was written in a later epoch than the entry: it is kept and counted;
 *   - replayed under the new epoch otherwise, also when the server once confirmed it and has lost it since.
 */

import { byOrder, sameHeld, type Entry, type Held, type ServerAnswer } from "./entries";

export interface Plan {
  /** Entries that turn out to be stored, though their receipt never arrived. */
  confirmed: Entry[];
  /** Entries to send, already in the new epoch with seq 1, 2, 3 …, in the order they were first made. */
  replayed: Entry[];
  /** Entries that go away: the replayed ones under their former keys, and what others say instead. */
  replaced: Entry[];
  /** Newly set aside: somebody's later work stands on the server. */
  superseded: Entry[];
  /** What to show for each question. */
  held: Map<string, Held>;
}

type Fate = "synced" | "superseded" | "replayed";

/** Decide over all local entries of one sitting against the server's answers; `epoch` is the one just claimed. */
export function reconcile(local: readonly Entry[], server: readonly ServerAnswer[], epoch: number): Plan {
  const standing = new Map(server.map((answer) => [answer.item_ref, answer]));
  const plan: Plan = { confirmed: [], replayed: [], replaced: [], superseded: [], held: heldOf(server) };
  const live = local.filter((entry) => entry.set_aside === null).sort(byOrder);
  const newest = newestOf(live);
  for (const entry of live) {
    if (newest.get(entry.item_ref) === entry) settle(plan, entry, standing.get(entry.item_ref), epoch);
    else outdate(plan, entry, newest.get(entry.item_ref)!);
  }
  return plan;
}

/** The fate of a question's newest local entry beside what the server holds for it. */
export function fateOf(entry: Entry, standing: ServerAnswer | undefined): Fate {
  if (!standing) return "replayed";
  if (entry.acknowledged && standing.epoch > entry.epoch) return "synced";
  const { written_epoch, written_seq } = standing;
  if (written_epoch < entry.epoch) return "replayed";
  if (written_epoch > entry.epoch) return sameHeld(standing, entry) ? "synced" : "superseded";
  if (written_seq > entry.seq) return "synced";
  return written_seq === entry.seq && sameHeld(standing, entry) ? "synced" : "replayed";
}

function settle(plan: Plan, entry: Entry, standing: ServerAnswer | undefined, epoch: number): void {
  const fate = fateOf(entry, standing);
  if (fate === "superseded") plan.superseded.push({ ...entry, set_aside: "superseded" });
  if (fate === "synced" && !entry.acknowledged) confirm(plan, entry, standing?.epoch === entry.epoch);
  if (fate !== "replayed") return;
  plan.replaced.push(entry);
  plan.replayed.push({ ...entry, epoch, seq: plan.replayed.length + 1, acknowledged: false });
  plan.held.set(entry.item_ref, { answer: entry.answer, flagged: entry.flagged });
}

/** An entry whose receipt never arrived: it is stored itself, or something else that says the same, or more. */
function confirm(plan: Plan, entry: Entry, isItself: boolean): void {
  if (isItself) plan.confirmed.push({ ...entry, acknowledged: true });
  else plan.replaced.push(entry);
}

/** An entry that is not its question's newest: another tab's unsent line is set aside, an own older one is done with. */
function outdate(plan: Plan, entry: Entry, newest: Entry): void {
  if (entry.acknowledged) return;
  if (entry.epoch < newest.epoch && !sameHeld(entry, newest)) {
    plan.superseded.push({ ...entry, set_aside: "superseded" });
  } else {
    plan.replaced.push(entry);
  }
}

function newestOf(ordered: readonly Entry[]): Map<string, Entry> {
  return new Map(ordered.map((entry) => [entry.item_ref, entry]));
}

function heldOf(server: readonly ServerAnswer[]): Map<string, Held> {
  return new Map(server.map(({ item_ref, answer, flagged }) => [item_ref, { answer, flagged }]));
}
