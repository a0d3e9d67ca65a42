/**
 * Claiming a sitting anew by itself, more and more seldom, until it is through: because the numbering no longer fits the
 * server's, or unattended, because the page was fenced. What fenced it may have been answers that the office took over; where
 * it was another page, that one keeps the sitting.
 */

import { Refusal } from "@/api/refusal";

import { retryDelay } from "./backoff";
import type { Claimed, Halt } from "./surroundings";
import { outcomeOf } from "./wire";

/** Nobody gets the sitting any more: what is written here is handed over as late. */
const FOR_GOOD = new Set(["sitting_over", "entry_closed", "continues_on_paper", "not_found", "not_allowed"]);

export interface Claiming {
  claim(): Promise<Claimed>;
  /** Claim only if no other page has it. */
  goOn(): Promise<Claimed>;
  claimed(claimed: Claimed): void;
  /** A try failed, and another one follows. */
  waiting(): void;
  /** The server refused for good. */
  ended(halt: Halt): void;
  leftMs(): number | null;
}

export class Reclaiming {
  private failures = 0;
  private way: "claim" | "goOn" | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly claiming: Claiming) {}

  get isUnderWay(): boolean {
    return this.way !== null;
  }

  /** Claim now; unattended only if no other page has it. */
  start(isUnattended = false): void {
    this.stop();
    this.way = isUnattended ? "goOn" : "claim";
    void this.attempt(this.way);
  }

  /** The network or the log-in may be back: a wait ends. */
  wake(): void {
    if (!this.timer || !this.way) return;
    this.clear();
    void this.attempt(this.way);
  }

  /** Claim no more. */
  stop(): void {
    this.clear();
    [this.failures, this.way] = [0, null];
  }

  private async attempt(way: "claim" | "goOn"): Promise<void> {
    try {
      const claimed = await this.claiming[way]();
      this.stop();
      this.claiming.claimed(claimed);
    } catch (failure) {
      if (this.way === way) this.failed(way, failure);
    }
  }

  private failed(way: "claim" | "goOn", failure: unknown): void {
    const outcome = outcomeOf(failure);
    const { kind } = outcome;
    if (kind === "closed" || kind === "moved" || kind === "superseded") return this.end(kind);
    if (failure instanceof Refusal && FOR_GOOD.has(failure.code)) return this.end("closed");
    this.failures += 1;
    const delay = retryDelay({
      failures: this.failures,
      leftMs: this.claiming.leftMs(),
      retryAfterSeconds: outcome.kind === "retry" ? outcome.retryAfterSeconds : null,
      random: Math.random(),
    });
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.attempt(way);
    }, delay);
    this.claiming.waiting();
  }

  private end(halt: Halt): void {
    this.stop();
    this.claiming.ended(halt);
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
