/** How often each recording was played, kept over a reload of the page. */

import { type Played, UNPLAYED } from "../rules/playing";

/** `name` is of a recording in a question. */
export interface PlayLog {
  read(name: string): Played;
  write(name: string, played: Played): void;
}

const PREFIX = "examsvc.plays.";

/** Plays that are forgotten with the page. */
export function playsInMemory(): PlayLog {
  const log = new Map<string, Played>();
  return { read: (name) => log.get(name) ?? UNPLAYED, write: (name, played) => void log.set(name, played) };
}

/** The plays of a sitting, in the browser's storage and in memory: storage that fails gives no further plays. */
export function playsOf(sittingId: string): PlayLog {
  const log = new Map<string, Played>(Object.entries(stored(sittingId)));
  return {
    read: (name) => log.get(name) ?? UNPLAYED,
    write(name, played) {
      log.set(name, played);
      attempt(() => localStorage.setItem(PREFIX + sittingId, JSON.stringify(Object.fromEntries(log))));
    },
  };
}

/** Forget a sitting's plays once it is over. */
export function forgetPlays(sittingId: string): void {
  attempt(() => localStorage.removeItem(PREFIX + sittingId));
}

function stored(sittingId: string): Record<string, Played> {
  const kept = attempt(() => JSON.parse(localStorage.getItem(PREFIX + sittingId) ?? "{}") as Record<string, Played>);
  return kept ?? {};
}

function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
