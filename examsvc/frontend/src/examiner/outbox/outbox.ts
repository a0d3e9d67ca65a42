/**
 * The examiner's outbox: each tap is written to disk first, then sent, and is gone from here only when the server's
 * receipt covers it. It never waits for the network before it writes, and never drops an event silently.
 */

import type { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";
import { newId } from "@/shared/newId";

import type { MarkReceipt } from "../types";
import type { Change, Draft, MarkEvent } from "./events";
import { type Outcome, outcomeOf } from "./outcome";
import { MemoryStore, type Store } from "./store";

export const MOST_EVENTS = 200;
/** So many repairs of the numbering in a row are made at once; then even they wait. */
const MOST_REPAIRS = 3;

export interface OutboxStatus {
  /** Events that the server has not confirmed. */
  unsent: number;
  isReachable: boolean;
  /** Sending goes on after the examiner has logged in again. */
  needsLogin: boolean;
  /** False once an event could not be put on disk: it is lost when the page is closed before it was sent. */
  isDurable: boolean;
  /** Why the server will not take events for now, though it answers. */
  waitsFor: Refusal | null;
  /** Sheets whose events the server will never take. */
  refused: ReadonlyMap<string, Refusal>;
  /** Events that another examiner left on this tablet. */
  ofOthers: number;
}

export interface Surroundings {
  now(): Date;
  send(sheetId: string, batch: readonly MarkEvent[]): Promise<MarkReceipt>;
  received(sheetId: string, receipt: MarkReceipt): void;
  changed(): void;
}

export class Outbox {
  private lines: Draft[] = [];
  private ofOthers = 0;
  private readonly refused = new Map<string, Refusal>();
  private readonly spare = new MemoryStore();
  private writing: Promise<void> = Promise.resolve();
  private readonly unwritten = new Set<Draft>();
  private isDurable: boolean;
  private isReachable = true;
  private needsLogin = false;
  private waitsFor: Refusal | null = null;
  private failures = 0;
  private repairs = 0;
  private running: Promise<void> | null = null;
  private isAsked = false;
  private isStopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly accountId: string,
    private readonly disk: Store,
    private readonly around: Surroundings,
  ) {
    this.isDurable = disk.isDurable;
  }

  get status(): OutboxStatus {
    const { isReachable, needsLogin, isDurable, waitsFor, ofOthers } = this;
    return { unsent: this.lines.length, isReachable, needsLogin, isDurable, waitsFor, refused: new Map(this.refused), ofOthers };
  }

  /** Take up what an earlier page left, and send it. */
  async open(): Promise<void> {
    await this.reread();
    this.around.changed();
    this.wake();
  }

  /** What of a sheet the server has not confirmed, in order. */
  waiting(sheetId: string): readonly Change[] {
    return this.lines.filter((line) => line.sheet_id === sheetId);
  }

  /** Note a change: it shows at once, goes to disk, then to the server. */
  record(sheetId: string, change: Change): void {
    const at = this.around.now().toISOString();
    const draft: Draft = { ...change, event_id: newId(), account_id: this.accountId, sheet_id: sheetId, client_at: at };
    this.lines.push(draft);
    this.unwritten.add(draft);
    this.writing = this.writing.then(() => this.keep(draft));
    this.around.changed();
  }

  /** Send now; also ends a wait after a failure (network or login back, page shown again). */
  wake(): void {
    this.needsLogin = false;
    void this.sendAll();
  }

  /** Resolves after one more try to send everything. */
  async flush(): Promise<void> {
    await this.writing;
    this.needsLogin = false;
    await this.sendAll();
  }

  /** Give up what the server refused of a sheet. */
  async discard(sheetId: string): Promise<void> {
    this.lines = this.lines.filter((line) => line.sheet_id !== sheetId);
    this.refused.delete(sheetId);
    await this.forget(sheetId);
    this.around.changed();
  }

  /** Forget a sheet whose events are all on the server and final. */
  async forget(sheetId: string): Promise<void> {
    await this.spare.forget(sheetId);
    await this.disk.forget(sheetId).catch(() => undefined);
  }

  /** Send nothing any more. What is written stays on disk. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async keep(draft: Draft): Promise<void> {
    try {
      if (!this.isDurable) throw new Error("no disk");
      await this.disk.append(draft);
    } catch {
      this.isDurable = false;
      await this.spare.append(draft);
      this.around.changed();
    }
    this.unwritten.delete(draft);
    if (this.failures === 0) this.wake();
  }

  private async unsent(): Promise<MarkEvent[]> {
    const onDisk = await this.disk.unsent().catch(() => []);
    return [...onDisk, ...(await this.spare.unsent())];
  }

  /** Never two at once: whoever asks meanwhile shares the round that runs, which looks once more at its end. */
  private sendAll(): Promise<void> {
    this.isAsked = true;
    this.running ??= this.rounds().finally(() => (this.running = null));
    return this.running;
  }

  private async rounds(): Promise<void> {
    clearTimeout(this.timer);
    while (this.isAsked && !this.isStopped) {
      this.isAsked = false;
      let batch = await this.nextBatch();
      while (batch.length > 0 && !this.isStopped) batch = (await this.attempt(batch)) ? await this.nextBatch() : [];
      await this.reread();
      this.around.changed();
    }
  }

  /** The oldest events of one sheet and device, without a gap. */
  private async nextBatch(): Promise<MarkEvent[]> {
    const own = (await this.unsent()).filter(
      (event) => event.account_id === this.accountId && !this.refused.has(event.sheet_id),
    );
    const [first] = own;
    return own
      .filter((event) => event.sheet_id === first?.sheet_id && event.device_id === first.device_id)
      .slice(0, MOST_EVENTS);
  }

  private async attempt(batch: readonly MarkEvent[]): Promise<boolean> {
    const { sheet_id, device_id } = batch[0]!;
    try {
      const receipt = await this.around.send(sheet_id, batch);
      await this.accept(sheet_id, device_id, batch, receipt);
      return true;
    } catch (failure) {
      return this.failed(outcomeOf(failure), batch);
    } finally {
      this.around.changed();
    }
  }

  private async accept(sheetId: string, deviceId: string, batch: readonly MarkEvent[], receipt: MarkReceipt): Promise<void> {
    Object.assign(this, { failures: 0, repairs: 0, isReachable: true, waitsFor: null });
    const kept = batch.filter((event) => event.device_seq <= receipt.acknowledged_seq).map((event) => event.event_id);
    for (const store of [this.disk, this.spare]) await store.acknowledge(sheetId, deviceId, receipt.acknowledged_seq).catch(() => undefined);
    this.lines = this.lines.filter((line) => !kept.includes(line.event_id));
    this.around.received(sheetId, receipt);
  }

  /** Returns whether sending goes on at once. */
  private async failed(outcome: Outcome, batch: readonly MarkEvent[]): Promise<boolean> {
    const { sheet_id, device_id } = batch[0]!;
    switch (outcome.kind) {
      case "login":
        this.needsLogin = true;
        return false;
      case "refused":
        this.refused.set(sheet_id, outcome.refusal);
        return true;
      case "gap":
      case "conflict":
        if (++this.repairs > MOST_REPAIRS) return this.waitAndRetry({ refusal: null, retryAfterSeconds: null });
        await this.repair(outcome, sheet_id, device_id);
        return true;
      case "retry":
        return this.waitAndRetry(outcome);
    }
  }

  /** Make our numbering fit the server's: send again what it lacks, or all that is unsent under new numbers. */
  private async repair(outcome: Outcome, sheetId: string, deviceId: string): Promise<void> {
    for (const store of [this.disk, this.spare]) {
      if (outcome.kind === "gap" && (await store.goBack(sheetId, deviceId, outcome.expected))) continue;
      if ((await store.unsent()).some((event) => event.device_id === deviceId)) await store.renumber(sheetId);
    }
    await this.reread();
  }

  /** The disk knows best: another tab may have sent something, events may have come back or got new ids. */
  private async reread(): Promise<void> {
    const left = await this.unsent();
    const known = new Set(left.map((event) => event.event_id));
    const own = left.filter((event) => event.account_id === this.accountId);
    this.ofOthers = left.length - own.length;
    this.lines = [...own, ...[...this.unwritten].filter((draft) => !known.has(draft.event_id))];
  }

  private waitAndRetry({ refusal, retryAfterSeconds }: Omit<Extract<Outcome, { kind: "retry" }>, "kind">): false {
    this.failures += 1;
    this.isReachable = refusal !== null;
    this.waitsFor = refusal;
    const delay = retryDelay({ failures: this.failures, leftMs: null, retryAfterSeconds, random: Math.random() });
    this.timer = setTimeout(() => void this.sendAll(), delay);
    return false;
  }
}
