const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
const WEEK_DAYS = 7;

/** The number of the civil day in Shanghai, which has known no daylight saving since 1991. */
const dayOf = (instant: number): number => Math.floor((instant + SHANGHAI_MS) / DAY_MS);

const written = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, "2026-11-23".length);
const numberOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/** Civil days in Shanghai from one instant to another; negative when the other is earlier. */
export function daysBetween(from: string | number, to: string | number): number {
  return dayOf(new Date(to).getTime()) - dayOf(new Date(from).getTime());
}

/** The date in Shanghai at an instant, "2026-11-23". */
export const shanghaiDay = (instant: string | number): string => written(dayOf(new Date(instant).getTime()));

/** The date some days after another. */
export const addDays = (day: string, days: number): string => written(numberOf(day) + days);

/** The first day of the month that lies some months from a date's. */
export function monthOf(day: string, months = 0): string {
  const at = new Date(`${day}T00:00:00Z`);
  return written(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1) / DAY_MS);
}

/** The whole weeks, Monday first, in which a month's days lie. */
export function weeksOf(month: string): string[][] {
  const weekday = (new Date(`${month}T00:00:00Z`).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  const first = addDays(month, -weekday);
  const count = Math.ceil((numberOf(monthOf(month, 1)) - numberOf(first)) / WEEK_DAYS);
  return Array.from({ length: count }, (_, week) => Array.from({ length: WEEK_DAYS }, (__, day) => addDays(first, week * WEEK_DAYS + day)));
}
