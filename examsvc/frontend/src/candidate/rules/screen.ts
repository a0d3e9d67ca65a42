/** Which screen a candidate is on: follows from what the server says and from whether this page holds the paper. Pure. */

import type { SittingView } from "../types";

export type Screen =
  | "confirm"
  | "safe-browser"
  | "undertaking"
  | "check"
  | "waiting"
  | "paused"
  | "on-paper"
  | "on-break"
  | "resume"
  | "paper"
  | "finished"
  | "terminated"
  | "absent"
  | "too-late"
  | "turned-away"
  | "cancelled";

/** `hasPaper`: this page holds the paper. */
export function screenOf(view: SittingView, hasPaper: boolean): Screen {
  return endOf(view) ?? runningOf(view, hasPaper) ?? stepOf(view);
}

function endOf({ state, phase, turned_away_at }: SittingView): Screen | null {
  if (state === "TERMINATED") return "terminated";
  if (state === "HANDED_IN") return "finished";
  if (state === "ABSENT") return "absent";
  if (phase === "TOO_LATE") return "too-late";
  if (turned_away_at && state === "EXPECTED" && phase !== "OVER") return "turned-away";
  return phase === "OVER" && state === "EXPECTED" ? "cancelled" : null;
}

function runningOf({ state, phase, entered_at, safe_browser, on_paper_at }: SittingView, hasPaper: boolean): Screen | null {
  const needs = safe_browser === "NEEDED";
  if (on_paper_at) return "on-paper";
  if (state === "EXPECTED") return phase === "OPEN" ? enteredOf(entered_at, hasPaper, needs) : null;
  if (phase === "WAITING") return "waiting"; // the start was moved: the paper hides again
  if (hasPaper) return "paper";
  if (phase === "ON_BREAK") return "on-break";
  return state === "PAUSED" ? "paused" : resumed(needs);
}

/** After a common start the claim may still be on the way: the page holds the paper, or held it before a reload. */
function enteredOf(entered_at: string | null, hasPaper: boolean, needsSafeBrowser: boolean): Screen | null {
  if (hasPaper) return "paper";
  return entered_at ? resumed(needsSafeBrowser) : null;
}

function resumed(needsSafeBrowser: boolean): Screen {
  return needsSafeBrowser ? "safe-browser" : "resume";
}

/** Who one is comes first: whoever confirmed in time has come, also when the browser then makes trouble. */
function stepOf({ steps, safe_browser, phase }: SittingView): Screen {
  if (!steps.identity_confirmed_at) return "confirm";
  if (safe_browser === "NEEDED") return "safe-browser";
  if (!steps.undertaking_signed_at) return "undertaking";
  if (!steps.system_checked_at) return "check";
  return phase === "PAUSED" ? "paused" : "waiting"; // the room is paused: nobody opens the paper meanwhile
}
