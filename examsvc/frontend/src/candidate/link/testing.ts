/** Commands for tests. */

import type { Command } from "./commands";

/** A message to somebody whose paper is open, told at `at`. */
export function commandFor(id: string, at: string): Command {
  const given = { extra_seconds: 0, break_seconds_left: 0, display: { text_size: null, high_contrast: false } };
  const said = { kind: "MESSAGE", text: "", seconds: 0, outage: null } as const;
  return { id, ...said, at, state: "IN_PROGRESS", phase: "OPEN", starts_at: at, closes_at: null, server_now: at, ...given };
}
