/** Quartz drifts; an old measurement grows less certain by this much for each elapsed millisecond. */
const DRIFT = 100e-6;

interface Bounds {
  low: number;
  high: number;
  at: number;
}

/**
 * The server's clock as this page knows it.
 *
 * Each answer that carries `server_now` bounds the offset between the server's clock and our monotonic one: the server
 * wrote it after the request left and before the answer came. Bounds are intersected; a measurement that contradicts
 * them (the machine slept, the server's clock was set) replaces them. The machine's own date is never asked.
 */
export class ServerClock {
  private bounds: Bounds | null = null;

  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  get isSet(): boolean {
    return this.bounds !== null;
  }

  /** Half the width of what is known about the offset, in milliseconds; Infinity before the first answer. */
  get uncertainty(): number {
    const known = this.widened();
    return known ? (known.high - known.low) / 2 : Infinity;
  }

  /** Learn from one answer. `startedAt` and `endedAt` are performance.now() around the request. */
  learn(serverNow: string, startedAt: number, endedAt: number): void {
    const server = Date.parse(serverNow);
    if (Number.isNaN(server) || endedAt < startedAt) return;
    const seen = { low: server - endedAt, high: server - startedAt, at: endedAt };
    const known = this.widened();
    const both = known && { low: Math.max(known.low, seen.low), high: Math.min(known.high, seen.high), at: endedAt };
    this.bounds = both && both.low <= both.high ? both : seen;
  }

  /** The server's time in milliseconds since 1970, or null before the first answer. */
  now(): number | null {
    return this.bounds && this.monotonic() + (this.bounds.low + this.bounds.high) / 2;
  }

  /** Milliseconds until an instant such as `closes_at`, never negative; null before the first answer. */
  remaining(closesAt: string): number | null {
    const now = this.now();
    return now === null ? null : Math.max(0, Date.parse(closesAt) - now);
  }

  private widened(): Bounds | null {
    if (!this.bounds) return null;
    const grown = Math.max(0, this.monotonic() - this.bounds.at) * DRIFT;
    return { low: this.bounds.low - grown, high: this.bounds.high + grown, at: this.bounds.at };
  }
}

/** The one clock of the page. */
export const serverClock = new ServerClock();
