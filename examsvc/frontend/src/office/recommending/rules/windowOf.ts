import type { SubmissionWindow } from "../types";

/** An end of a window, as the calendar of the office tells it. */
export interface WindowEnd {
  at: string;
  kind: string;
  window?: string | null;
}

const DAYS_AHEAD = 370;
const DAY_MS = 86_400_000;
const SHANGHAI_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });

/** Return the dates in Shanghai, from the server's today on, in which the next opening and closing stand. */
export function spanFrom(serverNow: string): { from: string; to: string } {
  const now = Date.parse(serverNow);
  return { from: SHANGHAI_DAY.format(now), to: SHANGHAI_DAY.format(now + DAYS_AHEAD * DAY_MS) };
}

/** Return whether departments may submit now: the next end of their window is a closing. Null without any end. */
export function windowOf(ends: readonly WindowEnd[], serverNow: string): SubmissionWindow | null {
  const coming = ends.filter((end) => end.window === "RECOMMENDATION" && Date.parse(end.at) >= Date.parse(serverNow));
  const [opening, closing] = ["WINDOW_OPENS", "WINDOW_CLOSES"].map((kind) => coming.find((end) => end.kind === kind)?.at);
  if (opening === undefined || closing === undefined) return null;
  return { is_open: closing < opening, opens_at: opening, closes_at: closing, next_opens_at: opening };
}
