/** What the time left means for eyes and ears. Pure; times in milliseconds. */

const MINUTE = 60_000;

export type Urgency = "calm" | "soon" | "last";

/** 10 minutes before the end the clock turns amber, 5 before red. */
export function urgencyOf(leftMs: number): Urgency {
  if (leftMs <= 5 * MINUTE) return "last";
  return leftMs <= 10 * MINUTE ? "soon" : "calm";
}

const SPOKEN_MINUTES = [30, 10, 5, 1] as const;

export interface Announcement {
  minutes: number;
  /** Whether it interrupts what a screen reader is saying. */
  isUrgent: boolean;
}

/** What to say when the time left went from `before` to `after`: the smallest threshold that was passed, or null. */
export function announcementFor(before: number, after: number): Announcement | null {
  const passed = SPOKEN_MINUTES.filter((minutes) => before > minutes * MINUTE && after <= minutes * MINUTE);
  const minutes = passed[passed.length - 1];
  if (minutes === undefined || after <= 0) return null;
  return { minutes, isUrgent: minutes <= 5 };
}
