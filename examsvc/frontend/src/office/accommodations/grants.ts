/** Accommodations as the form holds them, as they are sent, and in words. Pure. */

import type { Schemas } from "@/api/client";

export type Accommodation = Schemas["AccommodationView"];
export type GrantInput = Schemas["GrantInput"];
/** A group, an enrolment, or with neither the whole session. */
export interface Scope {
  group_id: string | null;
  enrolment_id: string | null;
}
export type TextSize = NonNullable<Accommodation["text_size"]>;
type Translate = (key: string, words?: Record<string, unknown>) => string;

export const TEXT_SIZES: readonly TextSize[] = ["NORMAL", "LARGE", "LARGER", "LARGEST"];

/** The form: "none" and "" mean that nothing is decided about it. */
export interface GrantDraft {
  time: "none" | "minutes" | "percent";
  minutes: number;
  percent: number;
  breakMinutes: number;
  textSize: TextSize | "";
  highContrast: boolean;
  separateRoom: boolean;
  screenReader: boolean;
}

export const emptyGrant = (): GrantDraft => ({
  time: "none",
  minutes: 15,
  percent: 125,
  breakMinutes: 0,
  textSize: "",
  highContrast: false,
  separateRoom: false,
  screenReader: false,
});

export function draftOf(given: Accommodation): GrantDraft {
  const none = emptyGrant();
  return {
    time: given.extra_minutes !== null ? "minutes" : given.time_percent !== null ? "percent" : "none",
    minutes: given.extra_minutes ?? none.minutes,
    percent: given.time_percent ?? none.percent,
    breakMinutes: given.break_minutes ?? 0,
    textSize: given.text_size ?? "",
    highContrast: given.high_contrast ?? false,
    separateRoom: given.separate_room ?? false,
    screenReader: given.screen_reader ?? false,
  };
}

/** Return what is sent; what is not given is left undecided, so that a wider decision holds. */
export function grantOf(draft: GrantDraft): GrantInput {
  return {
    extra_minutes: draft.time === "minutes" ? draft.minutes : null,
    time_percent: draft.time === "percent" ? draft.percent : null,
    break_minutes: draft.breakMinutes || null,
    text_size: draft.textSize || null,
    high_contrast: draft.highContrast || null,
    separate_room: draft.separateRoom || null,
    screen_reader: draft.screenReader || null,
  };
}

/** Return the words for what was decided, the most important first. */
export function grantWords(given: Accommodation, t: Translate): string[] {
  return [
    given.extra_minutes !== null && t("office.accommodation.minutesText", { minutes: given.extra_minutes }),
    given.time_percent !== null && t("office.accommodation.percentText", { factor: given.time_percent / 100 }),
    given.break_minutes !== null && t("office.accommodation.breakText", { minutes: given.break_minutes }),
    given.text_size && t("office.accommodation.textText", { size: t(`office.accommodation.size.${given.text_size}`) }),
    given.high_contrast && t("office.accommodation.highContrast"),
    given.separate_room && t("office.accommodation.separateRoom"),
    given.screen_reader && t("office.accommodation.screenReader"),
  ].filter((word) => typeof word === "string");
}
