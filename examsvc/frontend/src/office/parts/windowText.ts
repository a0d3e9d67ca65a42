import { date, dateTime, timeOfDay } from "@/time/format";

/** An exam session's window: the date is said once when it begins and ends on one day in Shanghai. */
export function windowText(startsAt: string, endsAt: string, language: string): string {
  const isOneDay = date(Date.parse(startsAt), language) === date(Date.parse(endsAt), language);
  return `${dateTime(startsAt, language)} – ${isOneDay ? timeOfDay(endsAt, language) : dateTime(endsAt, language)}`;
}
