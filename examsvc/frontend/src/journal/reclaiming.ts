/** Claiming a sitting anew because the numbering no longer fits the server's: more and more seldom, until it is through. */

import { Refusal } from "@/api/refusal";

import { retryDelay } from "./backoff";
import type { Claimed, Halt } from "./surroundings";
import { outcomeOf } from "./wire";

/** Nobody gets the sitting any more: what is written here is handed over as late. */
const FOR_GOOD = new Set(["sitting_over", "entry_closed", "continues_on_paper", "not_found", "not_allowed"]);

export interface Claiming {
  claim(): Promise<Claimed>;
  claimed(claimed: Claimed): void;
  /** The server refused for good. */
  ended(halt: Halt): void;
  leftMs(): number | null;
}

export class Reclaiming {
  private failures = 0;
  private isUnderWay = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly claiming: Claiming) {}

  /** Claim now. */
  start(): void {
    this.stop();
    this.isUnderWay = true;
    void this.attempt();
  }

  /** The network or the log-in may be back: a wait ends. */
  wake(): void {
    if (!this.timer) return;
    this.clear();
    void this.attempt();
  }

  /** Claim no more. */
  stop(): void {
    this.clear();
    [this.failures, this.isUnderWay] = [0, false];
  }

  private async attempt(): Promise<void> {
    try {
      const claimed = await this.claiming.claim();
      this.stop();
      this.claiming.claimed(claimed);
    } catch (failure) {
      if (this.isUnderWay) this.failed(failure);
    }
  }

  private failed(failure: unknown): void {
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
      void this.attempt();
    }, delay);
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
