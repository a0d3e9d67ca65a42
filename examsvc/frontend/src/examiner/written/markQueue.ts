/** Marks on their way: one at a time, in order, under the same event id until the server has answered. */

import { Refusal } from "@/api/refusal";
import { newId } from "@/shared/newId";

import type { Answer, MarkSent } from "./api";

export interface Waiting {
  readonly answerId: string;
  readonly event: MarkSent;
  /** Why the latest try failed; null while none has. */
  failure: unknown;
}

export interface MarkQueueWays {
  send: (answerId: string, event: MarkSent) => Promise<Answer>;
  /** The server has kept the mark. */
  received: (answer: Answer) => void;
  changed: () => void;
  newId?: () => string;
}

export class MarkQueue {
  private readonly waiting = new Map<string, Waiting>();
  private isSending = false;

  constructor(private readonly ways: MarkQueueWays) {}

  /** Return what is not kept yet of the answer. */
  of(answerId: string): Waiting | undefined {
    return this.waiting.get(answerId);
  }

  get size(): number {
    return this.waiting.size;
  }

  /** Give a mark; a later one of the same answer takes the place of one that still waits. */
  put(answerId: string, mark: Omit<MarkSent, "event_id">): void {
    const event = { ...mark, event_id: (this.ways.newId ?? newId)() };
    this.waiting.set(answerId, { answerId, event, failure: null });
    this.ways.changed();
    void this.flush();
  }

  /** Give up what waits of the answer: the server will never take it. */
  drop(answerId: string): void {
    this.waiting.delete(answerId);
    this.ways.changed();
  }

  /** Send everything that may be taken; stops at the first that does not get through. */
  async flush(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next = this.next(); next; next = this.next()) if (!(await this.sent(next))) return;
    } finally {
      this.isSending = false;
    }
  }

  private next(): Waiting | undefined {
    return [...this.waiting.values()].find((one) => !isFinal(one.failure));
  }

  private async sent(one: Waiting): Promise<boolean> {
    try {
      this.settle(one, await this.ways.send(one.answerId, one.event));
      return true;
    } catch (thrown) {
      one.failure = thrown;
      this.ways.changed();
      return isFinal(thrown);
    }
  }

  private settle(one: Waiting, answer: Answer): void {
    if (this.waiting.get(one.answerId) === one) {
      this.waiting.delete(one.answerId);
      this.ways.received(answer);
    }
    this.ways.changed();
  }
}

/** Whether the server has refused for good, so that sending again would change nothing. */
export function isFinal(failure: unknown): boolean {
  return failure instanceof Refusal && !failure.isTransient && failure.code !== "not_logged_in";
}
