/** Everybody in this exam lives by Shanghai's clock, wherever the browser stands. */
const TIME_ZONE = "Asia/Shanghai";
const SECOND = 1000;

type Style = Intl.DateTimeFormatOptions;

const DATE: Style = { year: "numeric", month: "long", day: "numeric" };
const TIME: Style = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DATE_TIME: Style = { ...DATE, ...TIME };
const known = new Map<string, Intl.DateTimeFormat>();

/** What is left, as `mm:ss` or from an hour on `h:mm:ss`; rounded up, so 00:00 means that it is over. */
export function countdown(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / SECOND));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const short = `${twoDigits(minutes)}:${twoDigits(seconds)}`;
  return hours > 0 ? `${hours}:${short}` : short;
}

/** An instant (`…_at`) as date and time in Shanghai. */
export function dateTime(instant: string | number, language: string): string {
  return format(new Date(instant), language, DATE_TIME);
}

/** An instant as time of day in Shanghai, e.g. 09:00. */
export function timeOfDay(instant: string | number, language: string): string {
  return format(new Date(instant), language, TIME);
}

/** A date (`…_on`, "2025-11-22") or an instant as the date in Shanghai. */
export function date(on: string | number, language: string): string {
  const isPlain = typeof on === "string" && on.length === "2025-11-22".length;
  return format(new Date(isPlain ? `${on}T00:00:00+08:00` : on), language, DATE);
}

function format(moment: Date, language: string, style: Style): string {
  const key = language + JSON.stringify(style);
  let formatter = known.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(language, { ...style, timeZone: TIME_ZONE });
    known.set(key, formatter);
  }
  return formatter.format(moment);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
