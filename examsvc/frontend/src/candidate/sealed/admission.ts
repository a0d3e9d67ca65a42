/** Claiming a paper that is open already: some time after the start, again until it is through. Not all at once. */

import { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";
import { outcomeOf } from "@/journal/wire";

const MOST_TIMES_GIVING_WAY = 12;
const NEAR_THE_END_MS = 180_000;
const FOR_GOOD = new Set(["sitting_over", "entry_closed", "claim_outdated", "not_found", "not_allowed"]);

export class Admission {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private claiming: Promise<void> | null = null;
  /** Somebody waits for it: then it waits for nobody any more. */
  private isNeeded = false;

  constructor(
    /** Told whether a server that is behind may ask to come again: then nobody needs the claim but the page. */
    private readonly claim: (canWait: boolean) => Promise<unknown>,
    private readonly leftMs: () => number | null,
    /** The server lets nobody in any more, and why. */
    private readonly refused: (code: string) => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** Claim at some moment: when so many milliseconds have passed, within so many more, and rather early than late. */
  within(afterMs: number, milliseconds: number): void {
    this.again(afterMs + early(this.random()) * milliseconds);
  }

  /** Claim now; resolves when it is through, throws why it is not. What fails is tried again by itself. */
  now(): Promise<void> {
    this.isNeeded = true;
    return this.once();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private once(): Promise<void> {
    clearTimeout(this.timer);
    this.claiming ??= this.tried().finally(() => (this.claiming = null));
    return this.claiming;
  }

  /** Answers lie on this machine alone until it is through: it gives way for a while, and not when the end is near. */
  private canWait(): boolean {
    const left = this.leftMs();
    return !this.isNeeded && this.failures < MOST_TIMES_GIVING_WAY && (left === null || left > NEAR_THE_END_MS);
  }

  private async tried(): Promise<void> {
    const canWait = this.canWait();
    try {
      await this.claim(canWait);
      [this.failures, this.isNeeded] = [0, false];
    } catch (thrown) {
      this.failures += 1;
      if (canWait && this.isNeeded) return this.tried(); // needed since: what was sent away as able to wait is not
      if (thrown instanceof Refusal && FOR_GOOD.has(thrown.code)) this.refused(thrown.code);
      else this.again(this.delay(thrown));
      throw thrown;
    }
  }

  private delay(thrown: unknown): number {
    const outcome = outcomeOf(thrown);
    const retryAfterSeconds = outcome.kind === "retry" ? outcome.retryAfterSeconds : null;
    return retryDelay({ failures: this.failures, leftMs: this.leftMs(), retryAfterSeconds, random: this.random() });
  }

  private again(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.once().catch(() => undefined), milliseconds);
  }
}

/** Of evenly spread numbers in [0, 1), ones that thin out in a straight line: answers take the room of claims. */
function early(even: number): number {
  return 1 - Math.sqrt(1 - even);
}
