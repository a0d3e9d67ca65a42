/** Pulls the frames of the sittings on the page, once a second; a slow line only pulls less. */

import { type PackedFrame, readPack } from "../rules/framePack";

const EVERY_MS = 1_000;
const SLOWEST_MS = 8_000;

export interface Wanted {
  visible: readonly string[];
  opened: string | null;
}

export interface Pull {
  /** How long the last pull took, in milliseconds; null when it failed. */
  tookMs: number | null;
}

export class FrameFeed {
  private cursor = 0;
  private asked = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStopped = false;
  private failures = 0;

  constructor(
    private readonly wanted: () => Wanted,
    private readonly fetchPack: (since: number, wanted: Wanted) => Promise<ArrayBuffer>,
    private readonly show: (frame: PackedFrame) => void,
    private readonly told: (pull: Pull) => void,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  start(): void {
    void this.round();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** One pull. What came newly onto the page is asked for whatever its age. */
  async pull(): Promise<void> {
    const wanted = this.wanted();
    const asked = [...wanted.visible, wanted.opened ?? ""].join();
    if (!wanted.visible.length && !wanted.opened) return;
    const since = asked === this.asked ? this.cursor : 0;
    const startedAt = this.monotonic();
    const pack = readPack(await this.fetchPack(since, wanted));
    this.told({ tookMs: this.monotonic() - startedAt });
    this.asked = asked;
    this.cursor = pack.cursor;
    pack.frames.forEach((frame) => this.show(frame));
  }

  private async round(): Promise<void> {
    try {
      await this.pull();
      this.failures = 0;
    } catch {
      this.failures += 1;
      this.told({ tookMs: null });
    }
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.round(), Math.min(SLOWEST_MS, EVERY_MS * 2 ** Math.min(this.failures, 3)));
  }
}
