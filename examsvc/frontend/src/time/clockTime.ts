const STYLE: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" };

/** An instant as time of day in Shanghai with seconds, e.g. 09:00:07: the order of events is told by them. */
export function clockTime(instant: string, language: string): string {
  return new Intl.DateTimeFormat(language, STYLE).format(new Date(instant));
}
