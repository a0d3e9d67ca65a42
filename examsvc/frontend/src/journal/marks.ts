/** What a journal keeps beside its lines: the last signed receipt, and a hand-in that the server has not confirmed. */

import type { SafeDisk } from "./disk";
import type { Mark } from "./entries";

export class Marks {
  private mark: Mark;

  constructor(
    sittingId: string,
    private readonly disk: SafeDisk,
    private readonly changed: () => void,
  ) {
    this.mark = { sitting_id: sittingId, receipt: null, hand_in_at: null };
  }

  /** The last receipt that the server signed; null before the first. */
  get receipt(): string | null {
    return this.mark.receipt;
  }

  /** When the candidate handed in, as long as the server has not confirmed it. */
  get handInAt(): string | null {
    return this.mark.hand_in_at;
  }

  /** Take up what an earlier page left; what this page knows is newer. */
  async load(): Promise<void> {
    const kept = await this.disk.mark();
    this.mark.receipt ??= kept.receipt;
    this.mark.hand_in_at ??= kept.hand_in_at;
  }

  keepReceipt(receipt: string): void {
    void this.change({ receipt });
  }

  /** Note on disk that the candidate hands in; a second time changes nothing. */
  async handIn(at: Date): Promise<void> {
    await this.change({ hand_in_at: this.mark.hand_in_at ?? at.toISOString() });
  }

  /** The hand-in was confirmed, or it was refused for good. */
  async clearHandIn(): Promise<void> {
    if (this.mark.hand_in_at) await this.change({ hand_in_at: null });
  }

  private async change(part: Partial<Mark>): Promise<void> {
    this.mark = { ...this.mark, ...part };
    this.changed();
    await this.disk.setMark(this.mark);
  }
}
