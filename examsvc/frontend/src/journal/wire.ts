/** What the journal asks of the server, and how an answer that is not a receipt is understood. */

import { Refusal } from "@/api/refusal";

import type { Entry, ServerAnswer } from "./entries";

export interface Claim {
  epoch: number;
  server_now: string;
  closes_at: string | null;
  chain_head: string;
  answers: ServerAnswer[];
  /** What opens a sealed paper; not there while the sitting is paused. */
  paper_key?: string | null;
  media_key?: string | null;
}

export interface Receipt {
  epoch: number;
  acknowledged_seq: number;
  server_now: string;
  closes_at: string | null;
  chain_head: string;
  answered_count: number;
  /** Signed by the server. */
  receipt: string;
}

export interface Manner {
  /** A server that is behind may ask to come again. */
  canWait?: boolean;
  /** No person asks for it: what another machine has claimed meanwhile stays there. */
  isByItself?: boolean;
}

/** The server's side of a journal. Each call resolves, or rejects with a Refusal, or with anything else for no network. */
export interface Wire {
  claim(manner?: Manner): Promise<Claim>;
  /** Claim unattended, after the epoch that this page had: refused where another page has claimed since. */
  goOn(epoch: number): Promise<Claim>;
  send(epoch: number, batch: readonly Entry[]): Promise<Receipt>;
}

export type Outcome =
  | { kind: "retry"; retryAfterSeconds: number | null; isAnswered: boolean }
  | { kind: "superseded" }
  | { kind: "moved" }
  | { kind: "closed" }
  | { kind: "login" }
  | { kind: "gap"; expected: number }
  | { kind: "conflict" }
  | { kind: "poison" };

const KINDS: Readonly<Record<string, Outcome["kind"]>> = {
  epoch_superseded: "superseded",
  claim_outdated: "superseded",
  sitting_closed: "closed",
  sitting_over: "closed",
  not_logged_in: "login",
  login_moved: "moved",
  seq_conflict: "conflict",
};

const FOR_GOOD = new Set([400, 413, 422]);

/** What to do after a send failed. Whatever is not known for certain is tried again. */
export function outcomeOf(failure: unknown): Outcome {
  if (!(failure instanceof Refusal)) return { kind: "retry", retryAfterSeconds: null, isAnswered: false };
  if (failure.code === "seq_gap") return gapOf(failure);
  // A proxy's page gets a code of our own making too; only the API itself refuses a line for good.
  const kind = KINDS[failure.code] ?? (FOR_GOOD.has(failure.status) ? "poison" : "retry");
  if (kind === "retry")
    return { kind, retryAfterSeconds: numberIn(failure, "retry_after"), isAnswered: !failure.isTransient };
  return { kind } as Outcome;
}

function gapOf(failure: Refusal): Outcome {
  const expected = numberIn(failure, "expected");
  return expected === null ? { kind: "conflict" } : { kind: "gap", expected };
}

function numberIn(failure: Refusal, name: string): number | null {
  const value = failure.extra[name];
  return typeof value === "number" ? value : null;
}
