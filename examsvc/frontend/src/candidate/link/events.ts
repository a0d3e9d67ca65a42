/** What this page notices of itself, told to the proctors in order; kept while there is no way to tell. */

import type { Schemas } from "@/api/client";

export type NoticedEvent = Schemas["EventInput"];
export type EventKind = NoticedEvent["kind"];

const MOST_KEPT = 300;
const MOST_SENT = 50;

export class EventReporter {
  private readonly waiting: NoticedEvent[] = [];
  private isBusy = false;

  constructor(
    /** Sends the first of these, one at least, and resolves to how many are done with; rejects to try again later. */
    private readonly send: (events: NoticedEvent[]) => Promise<number>,
    private readonly now: () => Date,
  ) {}

  /** Note an event and tell it as soon as possible. */
  report(kind: EventKind, detail: Record<string, unknown> = {}): void {
    this.waiting.push({ kind, client_at: this.now().toISOString(), detail });
    if (this.waiting.length > MOST_KEPT) this.waiting.shift();
    void this.flush();
  }

  /** Tell what waits; what does not arrive waits for the next flush. */
  async flush(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.waiting.length) {
        const done = await this.send(this.waiting.slice(0, MOST_SENT));
        this.waiting.splice(0, done);
      }
    } catch {
      // Told at the next occasion.
    } finally {
      this.isBusy = false;
    }
  }
}

/** Notice tab, window and fullscreen changes; returns what ends it. */
export function noticeChanges(report: (kind: EventKind) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener(
    "visibilitychange",
    () => report(document.visibilityState === "hidden" ? "TAB_HIDDEN" : "TAB_SHOWN"),
    { signal },
  );
  addEventListener("blur", () => report("WINDOW_BLURRED"), { signal });
  addEventListener("focus", () => report("WINDOW_FOCUSED"), { signal });
  document.addEventListener(
    "fullscreenchange",
    () => report(document.fullscreenElement ? "FULLSCREEN_ENTERED" : "FULLSCREEN_LEFT"),
    { signal },
  );
  return () => stop.abort();
}
