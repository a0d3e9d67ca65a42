const SHANGHAI_AHEAD_MS = 8 * 3_600_000;

/** Return an instant as a field of date and time holds it, by Shanghai's clocks: 2026-11-23T09:12:03. */
export function shanghaiField(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_AHEAD_MS).toISOString().slice(0, "2026-11-23T09:12:03".length);
}
