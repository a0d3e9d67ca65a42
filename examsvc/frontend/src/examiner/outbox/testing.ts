/** For tests: a server that keeps to the contract of marks, and can be cut off, logged out and made forgetful. */

import { Refusal } from "@/api/refusal";

import type { MarkReceipt } from "../types";
import { type MarkEvent, overlay } from "./events";

export class ModelServer {
  readonly log: MarkEvent[] = [];
  /** What happens to the next calls: nothing arrives, or it arrives and the answer is lost. */
  weather: ("lost" | "answer-lost")[] = [];
  isOffline = false;
  isLoggedOut = false;
  isNotOpen = false;
  signed = new Set<string>();
  calls = 0;
  inFlight = 0;
  mostInFlight = 0;

  readonly send = async (sheetId: string, batch: readonly MarkEvent[]): Promise<MarkReceipt> => {
    const weather = this.isOffline ? "lost" : this.weather.shift();
    this.calls += 1;
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await Promise.resolve();
    this.inFlight -= 1;
    if (weather === "lost") throw new Refusal("offline", "");
    if (this.isLoggedOut) throw new Refusal("not_logged_in", "", 401);
    for (const event of batch) this.take(sheetId, event);
    if (weather === "answer-lost") throw new Refusal("offline", "");
    return this.receipt(sheetId, batch[0]!.device_id);
  };

  /** The values that count on a sheet. */
  values(sheetId: string): [number, number][] {
    return this.receipt(sheetId, "").marks.map(({ criterion, value }) => [criterion, value]);
  }

  /** Restored from an old backup: only the first `count` events are left. */
  forgetAfter(count: number): void {
    this.log.length = count;
  }

  private take(sheetId: string, event: MarkEvent): void {
    const own = this.of(sheetId, event.device_id);
    const stored = own[event.device_seq - 1];
    if (stored && stored.event_id === event.event_id) return;
    if (stored) throw new Refusal("mark_conflict", "", 409, { device_seq: event.device_seq });
    if (event.device_seq > own.length + 1) throw new Refusal("mark_gap", "", 409, { expected: own.length + 1 });
    if (this.isNotOpen) throw new Refusal("marking_not_open", "", 409);
    if (this.signed.has(sheetId)) throw new Refusal("sheet_signed", "", 409);
    this.log.push({ ...event });
  }

  private receipt(sheetId: string, deviceId: string): MarkReceipt {
    const marks = overlay([], this.log.filter((event) => event.sheet_id === sheetId));
    const acknowledged_seq = this.of(sheetId, deviceId).length;
    return { acknowledged_seq, marks: [...marks.values()], total: null, digest: null };
  }

  private of(sheetId: string, deviceId: string): MarkEvent[] {
    return this.log.filter((event) => event.sheet_id === sheetId && event.device_id === deviceId);
  }
}
