/** Times of day on a sheet, by Shanghai's clock, and the instants that they mean. Pure. */

const DAY_MS = 24 * 3600 * 1000;
const OFFSET_MS = 8 * 3600 * 1000;

/** The instant of a time of day (HH:MM) not before `since`, which may be at most a minute later; "" without one. */
export function instantAt(time: string, since: string): string {
  if (!/^\d{2}:\d{2}$/.test(time)) return "";
  const day = new Date(Date.parse(since) + OFFSET_MS).toISOString().slice(0, 10);
  const at = Date.parse(`${day}T${time}:00+08:00`);
  const isNextDay = at < Date.parse(since) - DAY_MS / 2;
  return new Date(isNextDay ? at + DAY_MS : at).toISOString();
}

/** An instant as the time of day that a sheet has. */
export function timeIn(instant: string): string {
  return new Date(Date.parse(instant) + OFFSET_MS).toISOString().slice(11, 16);
}

/** Digits that were typed without a colon, with it: 905 and 0905 are 09:05. */
export function tidiedTime(text: string): string {
  const digits = text.replace(/\D/g, "");
  return digits.length === 3 || digits.length === 4 ? `${digits.slice(0, -2).padStart(2, "0")}:${digits.slice(-2)}` : text;
}
