/** Claiming a paper that is open already: some time after the start, again until it is through. Not all at once. */

import { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";

const FOR_GOOD = new Set(["sitting_over", "entry_closed", "not_found", "not_allowed"]);

export class Admission {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private claiming: Promise<void> | null = null;

  constructor(
    /** Told whether a server that is behind may ask to come again: then nobody needs the claim but the page. */
    private readonly claim: (canWait: boolean) => Promise<unknown>,
    private readonly leftMs: () => number | null,
    /** The server lets nobody in any more. */
    private readonly refused: () => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** Claim at some moment: when so many milliseconds have passed, within so many more. */
  within(afterMs: number, milliseconds: number): void {
    this.again(afterMs + this.random() * milliseconds);
  }

  /** Claim now; resolves when it is through, throws why it is not. What fails is tried again by itself. */
  now(): Promise<void> {
    return this.once(false);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private once(canWait: boolean): Promise<void> {
    clearTimeout(this.timer);
    this.claiming ??= this.tried(canWait).finally(() => (this.claiming = null));
    return this.claiming;
  }

  private async tried(canWait: boolean): Promise<void> {
    try {
      await this.claim(canWait);
      this.failures = 0;
    } catch (thrown) {
      this.failures += 1;
      if (thrown instanceof Refusal && FOR_GOOD.has(thrown.code)) this.refused();
      else this.again(retryDelay({ failures: this.failures, leftMs: this.leftMs(), random: this.random() }));
      throw thrown;
    }
  }

  private again(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.once(true).catch(() => undefined), milliseconds);
  }
}
