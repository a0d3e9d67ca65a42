/** Bringing the lines of an epoch to the server: what a refusal means, and why sending has ended. */

import type { SafeDisk } from "./disk";
import type { Entry } from "./entries";
import type { Ledger } from "./ledger";
import type { Lines } from "./lines";
import { Reclaiming } from "./reclaiming";
import { Sender } from "./sender";
import type { Claimed, Halt, Surroundings } from "./surroundings";
import type { Manner, Outcome, Receipt, Wire } from "./wire";

const HALTS: ReadonlySet<string> = new Set<Halt>(["moved", "closed", "login"]);
const isHalt = (kind: string): kind is Halt => HALTS.has(kind);

interface Bringing {
  wire: Wire;
  disk: SafeDisk;
  lines: Lines;
  around: Surroundings;
  claim(manner: Manner): Promise<Claimed>;
  goOn(): Promise<Claimed>;
  accept(receipt: Receipt): void;
}

export class Delivery {
  private ended: Halt | null = null;
  private reaches = true;
  private sender: Sender | null = null;
  private ledger: Ledger | null = null;
  /** The numbering no longer fits the server's: only a new epoch helps. */
  private readonly reclaiming: Reclaiming;

  constructor(private readonly bringing: Bringing) {
    const { around } = bringing;
    this.reclaiming = new Reclaiming({
      claim: () => bringing.claim({ isByItself: true }),
      goOn: () => bringing.goOn(),
      claimed: (claimed) => around.reclaimed(claimed),
      waiting: () => this.setReachable(false),
      ended: (halt) => this.stop(halt),
      leftMs: () => around.leftMs(),
    });
  }

  /** Why sending has ended; null while it goes on. */
  get halt(): Halt | null {
    return this.ended;
  }

  get isReachable(): boolean {
    return this.reaches;
  }

  /** Send the ledger's lines from now on. */
  begin(ledger: Ledger): void {
    const { wire, disk, around } = this.bringing;
    this.reclaiming.stop();
    this.ledger = ledger;
    this.ended = null;
    this.reaches = true;
    this.sender = new Sender({
      next: () => (this.ended ? [] : ledger.nextBatch((entry) => disk.has(entry))),
      send: (batch) => wire.send(ledger.epoch, batch),
      accept: (receipt) => this.bringing.accept(receipt),
      refused: (outcome, batch) => this.refused(outcome, batch),
      leftMs: () => around.leftMs(),
      reachable: (isReachable) => this.setReachable(isReachable),
    });
    this.sender.wake();
    around.changed();
  }

  /** Send nothing more of this epoch: a claim is under way. */
  rest(): void {
    this.sender?.stop();
  }

  /** There is a new line on disk. */
  nudge(): void {
    this.sender?.nudge();
  }

  /** The network or the log-in may be back: a wait ends. */
  wake(): void {
    if (this.ended === "login") this.ended = null;
    this.sender?.wake();
    this.reclaiming.wake();
  }

  /** The server takes lines again after it had closed: claim anew, for the sitting may have been ended and reopened. */
  goOn(): void {
    if (this.ended !== "closed") return;
    this.ended = null;
    this.reclaim();
  }

  /** The sitting has got to that epoch: what fenced this page may have been the office, and then it goes on by itself. */
  lookBehind(epoch: number): void {
    const own = this.ledger?.epoch ?? epoch;
    if (epoch > own && this.ended === null && !this.reclaiming.isUnderWay) this.reclaiming.start(true);
  }

  /** The server has lines of this epoch up to that one only, whatever it confirmed before. */
  sendAgain(acknowledgedSeq: number): void {
    if (!this.goTo(acknowledgedSeq + 1)) this.reclaim();
  }

  /** Send nothing any more; after "login" it goes on when somebody wakes it. */
  stop(halt: Halt): void {
    this.ended = halt;
    if (halt !== "login") {
      this.sender?.stop();
      this.reclaiming.stop();
    }
    this.bringing.around.changed();
  }

  /** Take a refusal that waiting does not cure; returns whether sending goes on at once. */
  private refused(outcome: Outcome, batch: readonly Entry[]): boolean {
    if (outcome.kind === "gap" && this.goTo(outcome.expected)) return true;
    if (outcome.kind === "poison" && batch.length > 1) {
      this.ledger?.sendSingly();
      return true;
    }
    if (outcome.kind === "poison") this.bringing.lines.refuse(batch[0]!);
    if (outcome.kind === "superseded") this.reclaiming.start(true);
    else if (isHalt(outcome.kind)) this.stop(outcome.kind);
    else this.reclaim();
    return false;
  }

  /** Go on from the line that the server expects; the disk must not call confirmed, and forget, what was lost there. */
  private goTo(expected: number): boolean {
    const changed = this.ledger?.goTo(expected);
    if (!changed) return false;
    void this.bringing.disk.write(changed).then(() => this.sender?.wake());
    this.bringing.around.changed();
    return true;
  }

  private reclaim(): void {
    this.setReachable(false);
    this.reclaiming.start();
  }

  private setReachable(isReachable: boolean): void {
    this.reaches = isReachable;
    this.bringing.around.changed();
  }
}
