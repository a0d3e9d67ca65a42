/** How an answer that is not a receipt is understood. */

import { Refusal } from "@/api/refusal";

export type Outcome =
  | { kind: "retry"; refusal: Refusal | null; retryAfterSeconds: number | null }
  | { kind: "login" }
  /** The server lacks what lies before; go on from there. */
  | { kind: "gap"; expected: number }
  /** The server knows other events under these numbers: they need new ones. */
  | { kind: "conflict" }
  /** The server will never take these events. */
  | { kind: "refused"; refusal: Refusal };

const FOR_GOOD = new Set(["sheet_signed", "unknown_criterion", "value_not_permitted", "invalid", "not_found", "too_large"]);

/** What to do after a send failed. Whatever is not known for certain is tried again. */
export function outcomeOf(failure: unknown): Outcome {
  if (!(failure instanceof Refusal)) return { kind: "retry", refusal: null, retryAfterSeconds: null };
  if (failure.code === "not_logged_in") return { kind: "login" };
  if (failure.code === "mark_conflict") return { kind: "conflict" };
  if (failure.code === "mark_gap") return { kind: "gap", expected: Number(failure.extra.expected) };
  if (FOR_GOOD.has(failure.code)) return { kind: "refused", refusal: failure };
  const wait = failure.extra.retry_after;
  const isAnswer = failure.status >= 400 && failure.status < 500;
  return { kind: "retry", refusal: isAnswer ? failure : null, retryAfterSeconds: typeof wait === "number" ? wait : null };
}
