const DAY_MS = 24 * 3_600_000;
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;

/** The latest instant, not after `now`, at which Shanghai's clocks showed the time ("09:12" or "09:12:03"). */
export function todayAt(time: string, now: number): string {
  const day = new Date(now + SHANGHAI_AHEAD_MS).toISOString().slice(0, "2026-11-23".length);
  const whole = time.length === "09:12".length ? `${time}:00` : time;
  const at = Date.parse(`${day}T${whole}+08:00`);
  return new Date(at > now ? at - DAY_MS : at).toISOString();
}
