import type { Schemas } from "@/api/client";

export type Plan = Omit<Schemas["ExamSessionInput"], "subject">;
export type ExamSession = Schemas["ExamSessionView"];
type ClockRule = ExamSession["clock_rule"];
type CameraRule = ExamSession["camera_rule"];
type NavigationRule = ExamSession["navigation"];

export const CLOCK_RULES: readonly ClockRule[] = ["COMMON", "PERSONAL"];
export const NAVIGATION_RULES: readonly NavigationRule[] = ["FREE", "BY_SECTION", "SEQUENTIAL"];
export const CAMERA_RULES: readonly CameraRule[] = ["REQUIRED", "OPTIONAL", "OFF"];

/** The form of an exam session. `startsAt` and `endsAt` are Shanghai's wall time, "2026-12-01T09:00". */
export interface PlanDraft {
  code: string;
  title: string;
  place: string;
  filingId: string;
  /** Either a paper for all or a draw of forms; the other one is "". */
  paperId: string;
  drawId: string;
  shuffleQuestions: boolean;
  shuffleOptions: boolean;
  startsAt: string;
  endsAt: string;
  minutes: number;
  clockRule: ClockRule;
  cameraRule: CameraRule;
  lateEntry: number;
  lateExtends: boolean;
  loginAbsent: number;
  /** Without one nobody hands in before the end. */
  earliestHandIn: number | null;
  lastMinutesConsent: number;
  grace: number;
  navigation: NavigationRule;
  calculator: boolean;
  /** What arrives late may count as in time by the clock of the machine that it was made on. */
  acceptOffline: boolean;
  safeBrowser: boolean;
  /** What a candidate must meet one of; an empty line is none. */
  conditions: string[];
}

/** The field of the form that each rule is set in. */
export const DRAFT_FIELDS = {
  minutes: "minutes",
  clock_rule: "clockRule",
  late_entry_minutes: "lateEntry",
  late_extends_time: "lateExtends",
  login_absent_minutes: "loginAbsent",
  earliest_hand_in_minutes: "earliestHandIn",
  last_minutes_consent: "lastMinutesConsent",
  grace_seconds: "grace",
  shuffle_questions: "shuffleQuestions",
  shuffle_options: "shuffleOptions",
  navigation: "navigation",
  calculator_allowed: "calculator",
  accept_offline: "acceptOffline",
  safe_browser_needed: "safeBrowser",
  camera_rule: "cameraRule",
  application_conditions: "conditions",
} as const satisfies Record<Schemas["SessionRuleView"]["key"], keyof PlanDraft>;

/** The defaults that `/api/exam-sessions/rules` gives the sources of, each a setting of the session. */
export function emptyPlan(): PlanDraft {
  const texts = { code: "", title: "", place: "", filingId: "", paperId: "", drawId: "", startsAt: "", endsAt: "" };
  const rules = { clockRule: "COMMON", cameraRule: "OPTIONAL", navigation: "FREE" } as const;
  const flags = { lateExtends: false, calculator: false, acceptOffline: true, safeBrowser: false };
  const minutes = { minutes: 60, lateEntry: 30, loginAbsent: 30, earliestHandIn: 30, lastMinutesConsent: 10 };
  return { ...texts, ...rules, ...flags, ...minutes, shuffleQuestions: true, shuffleOptions: true, grace: 15, conditions: [""] };
}

export function draftOf(session: ExamSession): PlanDraft {
  return {
    code: session.code,
    title: session.title,
    place: session.place,
    filingId: session.filing_id,
    paperId: session.paper_id ?? "",
    drawId: session.draw_id ?? "",
    shuffleQuestions: session.shuffle_questions,
    shuffleOptions: session.shuffle_options,
    startsAt: wallTime(session.starts_at),
    endsAt: wallTime(session.ends_at),
    minutes: session.minutes,
    clockRule: session.clock_rule,
    cameraRule: session.camera_rule,
    lateEntry: session.late_entry_minutes,
    lateExtends: session.late_extends_time,
    loginAbsent: session.login_absent_minutes,
    earliestHandIn: session.earliest_hand_in_minutes,
    lastMinutesConsent: session.last_minutes_consent,
    navigation: session.navigation,
    calculator: session.calculator_allowed,
    acceptOffline: session.accept_offline,
    safeBrowser: session.safe_browser_needed,
    conditions: session.application_conditions.length > 0 ? [...session.application_conditions] : [""],
    grace: session.grace_seconds,
  };
}

/** Return what is sent; with a common clock the end follows from the start and the minutes of the paper. */
export function planOf(draft: PlanDraft): Plan {
  return {
    code: draft.code,
    title: draft.title,
    place: draft.place,
    filing_id: draft.filingId,
    paper_id: draft.paperId || null,
    draw_id: draft.drawId || null,
    shuffle_questions: draft.shuffleQuestions,
    shuffle_options: draft.shuffleOptions,
    starts_at: instant(draft.startsAt),
    ends_at: instant(endOf(draft)),
    minutes: draft.minutes,
    clock_rule: draft.clockRule,
    camera_rule: draft.cameraRule,
    late_entry_minutes: draft.lateEntry,
    late_extends_time: draft.lateExtends,
    login_absent_minutes: draft.loginAbsent,
    earliest_hand_in_minutes: draft.earliestHandIn,
    last_minutes_consent: draft.lastMinutesConsent,
    navigation: draft.navigation,
    calculator_allowed: draft.calculator,
    accept_offline: draft.acceptOffline,
    safe_browser_needed: draft.safeBrowser,
    application_conditions: draft.conditions.map((line) => line.trim()).filter(Boolean),
    grace_seconds: draft.grace,
  };
}

/** Return the end of the window as wall time, or "" while it is not known. */
export function endOf({ clockRule, startsAt, endsAt, minutes }: PlanDraft): string {
  if (clockRule === "PERSONAL") return endsAt;
  if (startsAt === "" || !Number.isFinite(minutes)) return "";
  return wallTime(Date.parse(instant(startsAt)) + minutes * 60_000);
}

/** Return an instant as Shanghai's wall time, to the minute. China has kept UTC+8 without summer time since 1992. */
export function wallTime(moment: string | number): string {
  return new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, "2026-12-01T09:00".length);
}

/** Return Shanghai's wall time as an instant; "" stays "", which the server refuses by field. */
export function instant(wall: string): string {
  return wall === "" ? "" : `${wall}:00+08:00`;
}
