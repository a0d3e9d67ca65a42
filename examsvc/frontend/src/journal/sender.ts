/** Sends batches one after another, never two at once, and tries again for as long as it takes. */

import { retryDelay } from "./backoff";
import type { Entry } from "./entries";
import { outcomeOf, type Outcome, type Receipt } from "./wire";

export interface Sending {
  /** What to send now; empty when there is nothing. */
  next(): Entry[];
  send(batch: readonly Entry[]): Promise<Receipt>;
  accept(receipt: Receipt): void;
  /** Take a refusal that waiting does not cure; returns whether sending goes on at once. */
  refused(outcome: Outcome, batch: readonly Entry[]): boolean;
  leftMs(): number | null;
  /** A try failed or succeeded again. */
  reachable(isReachable: boolean): void;
}

export class Sender {
  private isRunning = false;
  private isStopped = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sending: Sending) {}

  /** Send what there is, now; also ends a wait after a failure. */
  wake(): void {
    if (this.isStopped || this.isRunning) return;
    clearTimeout(this.timer);
    void this.run();
  }

  /** New work came: send it unless a failed try is being waited out. */
  nudge(): void {
    if (this.failures === 0) this.wake();
  }

  /** Send nothing any more; an answer still on its way is not taken. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    let goesOn = true;
    while (goesOn && !this.isStopped) {
      const batch = this.sending.next();
      goesOn = batch.length > 0 && (await this.attempt(batch));
    }
    this.isRunning = false;
  }

  private async attempt(batch: readonly Entry[]): Promise<boolean> {
    try {
      const receipt = await this.sending.send(batch);
      if (this.isStopped) return false;
      this.failures = 0;
      this.sending.reachable(true);
      this.sending.accept(receipt);
      return true;
    } catch (failure) {
      return this.isStopped ? false : this.failed(outcomeOf(failure), batch);
    }
  }

  private failed(outcome: Outcome, batch: readonly Entry[]): boolean {
    if (outcome.kind !== "retry") return this.sending.refused(outcome, batch);
    this.failures += 1;
    this.sending.reachable(outcome.isAnswered);
    const delay = retryDelay({
      failures: this.failures,
      leftMs: this.sending.leftMs(),
      retryAfterSeconds: outcome.retryAfterSeconds,
      random: Math.random(),
    });
    this.timer = setTimeout(() => void this.run(), delay);
    return false;
  }
}
