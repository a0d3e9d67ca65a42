/**
 * The candidate's journal: each change is written to disk first, then sent, and counts as saved only when the
 * server's receipt covers it. It never waits for the network before it writes, and never drops a line silently.
 */

import { Delivery } from "./delivery";
import { SafeDisk } from "./disk";
import { Drafts } from "./drafts";
import { byOrder, type Entry, type Held } from "./entries";
import type { LastWords } from "./lastWords";
import { Ledger } from "./ledger";
import { Lines } from "./lines";
import { Marks } from "./marks";
import { reconcile } from "./reconcile";
import { statusOf } from "./status";
import type { Store } from "./store";
import type { Claimed, Halt, JournalStatus, Surroundings } from "./surroundings";
import { pageDigits, UNCLAIMED, unclaimedSeq } from "./unclaimed";
import type { Claim, Manner, Receipt, Wire } from "./wire";

export class Journal {
  private ledger: Ledger;
  readonly lines: Lines;
  readonly marks: Marks;
  readonly delivery: Delivery;
  private readonly disk: SafeDisk;
  private readonly digits = pageDigits(Math.random());
  private readonly drafts = new Drafts((itemRef, held) => this.append(itemRef, held));

  constructor(
    sittingId: string,
    store: Store,
    lastWords: LastWords,
    private readonly wire: Wire,
    private readonly around: Surroundings,
  ) {
    this.ledger = this.unclaimed(sittingId);
    this.disk = new SafeDisk(sittingId, store, lastWords);
    this.lines = new Lines(this.disk, () => this.ledger.entries);
    this.marks = new Marks(sittingId, this.disk, () => this.around.changed());
    this.delivery = new Delivery({
      wire,
      disk: this.disk,
      lines: this.lines,
      around,
      claim: (manner) => this.claim(manner),
      goOn: () => this.goOn(),
      accept: (receipt) => this.accept(receipt),
    });
  }

  get epoch(): number {
    return this.ledger.epoch;
  }

  get acknowledgedSeq(): number {
    return this.ledger.acknowledgedSeq;
  }

  get status(): JournalStatus {
    const { ledger, drafts, delivery, disk, lines, marks } = this;
    return statusOf({ ledger, drafts, delivery, disk, lines, marks });
  }

  /** Take the sitting for this page: fence every other one, send again what the server lacks. */
  claim(manner: Manner = {}): Promise<Claimed> {
    return this.take(() => this.wire.claim(manner));
  }

  /** Take it again, unattended: only if no other page has it. */
  private goOn(): Promise<Claimed> {
    return this.take(() => this.wire.goOn(this.epoch));
  }

  private async take(claimed: () => Promise<Claim>): Promise<Claimed> {
    this.drafts.settleAll();
    this.delivery.rest();
    const claim = await claimed();
    const local = await this.lines.all();
    await this.marks.load();
    const plan = reconcile(local, claim.answers, claim.epoch);
    await this.disk.write([...plan.confirmed, ...plan.replayed, ...plan.superseded], plan.replaced);
    this.disk.replaceLastWords(plan.replayed);
    this.lines.standAside([...local.filter((entry) => entry.set_aside), ...plan.superseded]);
    this.drafts.settleAll(); // words typed meanwhile are late lines too
    const late = this.lines.writtenSince(local);
    this.ledger = new Ledger(this.ledger.sittingId, claim.epoch, plan.replayed);
    this.delivery.begin(this.ledger);
    const renewed = late.map(({ item_ref, answer, flagged }) => this.number(item_ref, { answer, flagged }));
    for (const { item_ref, answer, flagged } of renewed) plan.held.set(item_ref, { answer, flagged });
    void this.keep(renewed, late);
    return { claim, held: plan.held };
  }

  /**
   * Before the sitting is claimed: go on behind the lines that an earlier page wrote so and could not claim. Returns what
   * they say; a claim sends them.
   */
  async recall(): Promise<Map<string, Held>> {
    const unclaimed = (await this.disk.all()).filter(({ epoch }) => epoch === UNCLAIMED).sort(byOrder);
    this.ledger = this.unclaimed(this.ledger.sittingId, unclaimed);
    this.around.changed();
    const standing = unclaimed.filter(({ set_aside }) => set_aside === null);
    return new Map(standing.map(({ item_ref, answer, flagged }) => [item_ref, { answer, flagged }]));
  }

  /**
   * Note a change at once, behind whatever is being typed elsewhere: a line may say that another question was left, and
   * the server takes nothing for that one after it.
   */
  record(itemRef: string, held: Held): void {
    this.drafts.drop(itemRef);
    this.drafts.settleAll();
    this.append(itemRef, held);
  }

  /** Note a change of text after a pause in typing. */
  draft(itemRef: string, held: Held): void {
    this.drafts.put(itemRef, held);
    this.around.changed();
  }

  /** Write down what is being typed and send everything now (page hidden, network or login back, hand-in). */
  flush(): void {
    this.drafts.settleAll();
    this.delivery.wake();
    this.around.changed();
  }

  /** The page may be going away: nothing of what was typed waits for a slow disk. */
  leave(): void {
    this.flush();
    this.disk.keepLastWords(this.ledger.entries);
  }

  /** Send nothing any more. What is written stays on disk. */
  stop(halt: Halt = "closed"): void {
    this.drafts.settleAll();
    this.delivery.stop(halt);
  }

  /** Forget what the server has confirmed, once the sitting is over: another candidate sits here next. */
  async forget(): Promise<void> {
    await this.disk.forget(await this.lines.unconfirmed());
  }

  /** Whether an earlier page left lines here, or a hand-in, that the server never confirmed. */
  async hasLeft(): Promise<boolean> {
    await this.marks.load();
    return this.marks.handInAt !== null || (await this.lines.unconfirmed()).length > 0;
  }

  private unclaimed(sittingId: string, lines: readonly Entry[] = []): Ledger {
    return new Ledger(sittingId, UNCLAIMED, lines, (after, at) => unclaimedSeq(after, at, this.digits));
  }

  private append(itemRef: string, held: Held): void {
    void this.keep([this.number(itemRef, held)]);
    this.around.changed();
  }

  private number(itemRef: string, held: Held): Entry {
    return this.ledger.append(itemRef, held, this.around.now());
  }

  /** Write lines down, in one step with leaving out those whose place they take. */
  private async keep(entries: readonly Entry[], replaced: readonly Entry[] = []): Promise<void> {
    await this.disk.write(entries, replaced);
    this.delivery.nudge();
    if (this.disk.isDurable) return;
    this.disk.keepLastWords(this.ledger.entries);
    this.around.changed();
  }

  private accept(receipt: Receipt): void {
    void this.disk.write(this.ledger.settle(receipt.acknowledged_seq));
    this.disk.renewLastWords(this.ledger.entries);
    this.marks.keepReceipt(receipt.receipt);
    this.around.received(receipt);
    this.around.changed();
  }
}
