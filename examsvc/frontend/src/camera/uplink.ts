/** Sends frames at the server's pace: one under way, the newest picture wins, nothing is queued. */

import { nextDelay } from "./pacing";

export interface FrameMeta {
  seq: number;
  taken_at: string;
}

export interface FrameAck {
  next_ms: number;
  health: number;
}

export interface Road {
  /** Send one frame; rejects when it did not arrive. */
  send(meta: FrameMeta, jpeg: Blob): Promise<FrameAck>;
}

export interface Clockwork {
  after(ms: number): void;
}

export class FrameUplink {
  private seq = 0;
  private failures = 0;
  private isBusy = false;

  constructor(
    private readonly grab: () => Promise<Blob | null>,
    private readonly road: Road,
    private readonly now: () => Date,
    private readonly clockwork: Clockwork,
  ) {}

  /** Take and send one frame, then plan the next; called by the clockwork. A tick while one is under way is let go. */
  async tick(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const asked = await this.attempt();
    this.isBusy = false;
    this.clockwork.after(nextDelay(asked, this.failures));
  }

  private async attempt(): Promise<number | null> {
    try {
      const jpeg = await this.grab();
      if (!jpeg) return null;
      const ack = await this.road.send({ seq: ++this.seq, taken_at: this.now().toISOString() }, jpeg);
      this.failures = 0;
      return ack.next_ms;
    } catch {
      this.failures += 1;
      return null;
    }
  }
}
