/** What follows for somebody whom a pause kept out, when it is over. Pure. */

import type { SittingView } from "../types";

type Known = Pick<SittingView, "starts_at" | "phase"> & {
  exam_session: Pick<SittingView["exam_session"], "clock_rule">;
  steps: Pick<SittingView["steps"], "system_checked_at">;
};

/**
 * Whether the page opens the paper without a click: a common clock runs on anyway. One's own is started by hand, but for
 * whoever was ready at the start and would have gone in then.
 */
export function goesInAfterPause({ starts_at, phase, exam_session, steps }: Known): boolean {
  if (phase !== "OPEN" || !steps.system_checked_at) return false;
  return exam_session.clock_rule === "COMMON" || Date.parse(steps.system_checked_at) <= Date.parse(starts_at);
}
