/** Calls back once after a delay, also while the page is hidden. */
export class Ticker {
  private readonly worker = new Worker(new URL("./ticker.worker.ts", import.meta.url), { type: "module" });

  constructor(onTick: () => void) {
    this.worker.onmessage = onTick;
  }

  /** Tick once in `ms` milliseconds; a tick planned before is forgotten. */
  after(ms: number): void {
    this.worker.postMessage(ms);
  }

  stop(): void {
    this.worker.terminate();
  }
}
