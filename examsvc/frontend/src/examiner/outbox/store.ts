/** Where events wait: numbered and kept in one step, so that no two tabs give the same number. */

import { newId } from "@/shared/newId";

import { byNumber, type Draft, type MarkEvent } from "./events";

export interface Store {
  /** False when a closed browser forgets everything. */
  readonly isDurable: boolean;
  /** Number a draft and keep it; resolves once it is on disk. */
  append(draft: Draft): Promise<MarkEvent>;
  /** All events that the server has not confirmed, by sheet, device and number. */
  unsent(): Promise<MarkEvent[]>;
  /** The server has everything of this sheet and device up to `seq`. */
  acknowledge(sheetId: string, deviceId: string, seq: number): Promise<void>;
  /** The server lacks everything from `seq` on; returns false when that is no longer kept here. */
  goBack(sheetId: string, deviceId: string, seq: number): Promise<boolean>;
  /** Give the sheet's unsent events new ids and numbers, as a device that the server has never seen. */
  renumber(sheetId: string): Promise<void>;
  /** Forget all events of a sheet: it is signed, or the examiner gave them up. */
  forget(sheetId: string): Promise<void>;
}

/** Where a sheet's numbering stands. */
export interface Counter {
  sheet_id: string;
  device_id: string;
  last_seq: number;
}

export function numbered(draft: Draft, counter: Counter): MarkEvent {
  return { ...draft, device_id: counter.device_id, device_seq: counter.last_seq, acknowledged: false };
}

/** The same promises, kept only as long as the page lives. */
export class MemoryStore implements Store {
  readonly isDurable = false;
  private events: MarkEvent[] = [];
  private readonly counters = new Map<string, Counter>();

  async append(draft: Draft): Promise<MarkEvent> {
    const counter = this.counterOf(draft.sheet_id);
    counter.last_seq += 1;
    const event = numbered(draft, counter);
    this.events.push(event);
    return { ...event };
  }

  async unsent(): Promise<MarkEvent[]> {
    return inOrder(this.events.filter((event) => !event.acknowledged));
  }

  async acknowledge(sheetId: string, deviceId: string, seq: number): Promise<void> {
    for (const event of this.of(sheetId, deviceId)) if (event.device_seq <= seq) event.acknowledged = true;
  }

  async goBack(sheetId: string, deviceId: string, seq: number): Promise<boolean> {
    const later = this.of(sheetId, deviceId).filter((event) => event.device_seq >= seq);
    for (const event of later) event.acknowledged = false;
    return later.some((event) => event.device_seq === seq);
  }

  async renumber(sheetId: string): Promise<void> {
    const moved = this.events.filter((event) => event.sheet_id === sheetId && !event.acknowledged).sort(byNumber);
    this.events = this.events.filter((event) => !moved.includes(event));
    this.counters.delete(sheetId);
    for (const event of moved) await this.append({ ...draftOf(event), event_id: newId() });
  }

  async forget(sheetId: string): Promise<void> {
    this.events = this.events.filter((event) => event.sheet_id !== sheetId);
  }

  private of(sheetId: string, deviceId: string): MarkEvent[] {
    return this.events.filter((event) => event.sheet_id === sheetId && event.device_id === deviceId);
  }

  private counterOf(sheetId: string): Counter {
    const known = this.counters.get(sheetId) ?? { sheet_id: sheetId, device_id: newId(), last_seq: 0 };
    this.counters.set(sheetId, known);
    return known;
  }
}

/** By sheet, device and number. */
export function inOrder(events: MarkEvent[]): MarkEvent[] {
  return events
    .sort((one, other) => (one.sheet_id === other.sheet_id ? byNumber(one, other) : one.sheet_id < other.sheet_id ? -1 : 1))
    .map((event) => ({ ...event }));
}

export function draftOf({ event_id, account_id, sheet_id, client_at, criterion, value, note }: MarkEvent): Draft {
  return { event_id, account_id, sheet_id, client_at, criterion, value, note };
}
