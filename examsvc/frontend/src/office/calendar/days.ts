const STYLE: Intl.DateTimeFormatOptions = { month: "short", day: "numeric", weekday: "short", timeZone: "UTC" };

/** A date ("2026-02-28") as month, day and weekday. */
export function dayText(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, STYLE).format(new Date(`${day}T00:00:00Z`));
}
