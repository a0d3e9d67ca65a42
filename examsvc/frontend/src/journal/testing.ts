/** For tests: a server that keeps to the contract of responses, and can be cut off, fenced and made forgetful. */

import { Refusal } from "@/api/refusal";

import { sameHeld, type Entry, type ServerAnswer } from "./entries";
import type { Claim, Receipt, Wire } from "./wire";

export class ModelServer implements Wire {
  epoch = 0;
  lastSeq = 0;
  log: ServerAnswer[] = [];
  isClosed = false;
  isPaused = false;
  isLoggedOut = false;
  isMoved = false;
  /** The code with which every claim is refused. */
  claimRefusal: string | null = null;
  claims = 0;
  /** The epochs that are the office's. */
  readonly office = new Set<number>();
  private goneOn = { after: 0, epoch: 0 };
  badRefs = new Set<string>();
  /** What happens to the next calls: nothing arrives, or it arrives and the answer is lost. */
  weather: ("lost" | "answer-lost")[] = [];
  calls = 0;
  inFlight = 0;
  mostInFlight = 0;

  async claim(): Promise<Claim> {
    this.claims += 1;
    const weather = await this.travel();
    if (this.claimRefusal) throw new Refusal(this.claimRefusal, "", 409);
    return this.taken(weather);
  }

  async goOn(epoch: number): Promise<Claim> {
    const weather = await this.travel();
    const isUnheard = this.goneOn.after === epoch && this.goneOn.epoch === this.epoch && this.lastSeq === 0;
    const since = Array.from({ length: this.epoch - epoch }, (_, place) => epoch + 1 + place);
    const isOfficeOnly = since.length > 0 && since.every((each) => this.office.has(each));
    if (!isUnheard && !isOfficeOnly) throw new Refusal("claim_outdated", "", 409, { epoch: this.epoch });
    if (isUnheard) this.epoch -= 1;
    this.goneOn = { after: epoch, epoch: this.epoch + 1 };
    return this.taken(weather);
  }

  /** The office takes over what a page wrote: in an epoch of its own. */
  takeOver(...lines: readonly Entry[]): void {
    this.office.add((this.epoch += 1));
    this.lastSeq = lines.length;
    for (const [place, { item_ref, answer, flagged, epoch, seq }] of lines.entries()) {
      const stored = { epoch: this.epoch, seq: place + 1, written_epoch: epoch, written_seq: seq };
      this.log.push({ item_ref, answer, flagged, ...stored });
    }
  }

  async send(epoch: number, batch: readonly Entry[]): Promise<Receipt> {
    const sent = JSON.parse(JSON.stringify(batch)) as Entry[];
    const weather = await this.travel();
    this.check(epoch, sent);
    for (const entry of sent) this.take(entry);
    if (weather === "answer-lost") throw new Refusal("offline", "");
    const answered_count = this.answers().length;
    const told = { server_now: "", closes_at: null, chain_head: "", answered_count };
    return { epoch, acknowledged_seq: this.lastSeq, ...told, receipt: `R1.${epoch}.${this.lastSeq}` };
  }

  /** The newest line of each question. */
  answers(): ServerAnswer[] {
    return [...new Map(this.log.map((line) => [line.item_ref, line])).values()];
  }

  private taken(weather: "lost" | "answer-lost" | undefined): Claim {
    this.epoch += 1;
    this.lastSeq = 0;
    if (weather === "answer-lost") throw new Refusal("offline", "");
    return { epoch: this.epoch, server_now: "", closes_at: null, chain_head: "", answers: this.answers() };
  }

  private async travel(): Promise<"lost" | "answer-lost" | undefined> {
    this.calls += 1;
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await Promise.resolve();
    this.inFlight -= 1;
    const weather = this.weather.shift();
    if (weather === "lost") throw new Refusal("offline", "");
    return weather;
  }

  private check(epoch: number, batch: readonly Entry[]): void {
    if (this.isMoved) throw new Refusal("login_moved", "", 401);
    if (this.isLoggedOut) throw new Refusal("not_logged_in", "", 401);
    if (epoch !== this.epoch) throw new Refusal("epoch_superseded", "", 409);
    if (this.isClosed) throw new Refusal("sitting_closed", "", 409);
    if (this.isPaused) throw new Refusal("sitting_paused", "", 409);
    if (batch.length < 1 || batch.length > 200) throw new Refusal("invalid", "", 422);
    if (batch[0]!.seq > this.lastSeq + 1) throw new Refusal("seq_gap", "", 409, { expected: this.lastSeq + 1 });
    if (batch.some((entry) => this.badRefs.has(entry.item_ref))) throw new Refusal("bad_answer", "", 422);
  }

  private take(entry: Entry): void {
    const standing = this.log.find((line) => line.epoch === this.epoch && line.seq === entry.seq);
    if (standing && !sameHeld(standing, entry)) throw new Refusal("seq_conflict", "", 409);
    if (standing) return;
    if (entry.seq !== this.lastSeq + 1) throw new Error("the batch has a gap");
    const { item_ref, answer, flagged, seq } = entry;
    const { epoch } = this;
    this.log.push({ item_ref, answer, flagged, epoch, seq, written_epoch: epoch, written_seq: seq });
    this.lastSeq = seq;
  }
}

/** A generator of numbers in [0, 1) that gives the same ones again for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
