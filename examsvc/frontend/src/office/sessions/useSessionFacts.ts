import { useI18n } from "vue-i18n";

import { useLanguage } from "@/i18n";

import { windowText } from "../parts/windowText";
import type { ExamSession } from "./plan";

interface Fact {
  key: string;
  name: string;
  value?: string;
}

/** Return a function that says what an exam session was planned as; the value of `paper` is left to the page. */
export function useSessionFacts(): (session: ExamSession) => Fact[] {
  const { t } = useI18n();
  const { language } = useLanguage();
  const minutes = (number: number): string => t("office.minutesText", { number });
  const flag = (is: boolean): string => t(is ? "office.session.rule.yes" : "office.session.rule.no");

  function shuffleText(session: ExamSession): string {
    if (session.draw?.kind === "INDIVIDUAL") return t("office.session.shuffled.NONE");
    const [questions, options] = [session.shuffle_questions, session.shuffle_options];
    if (questions && options) return t("office.session.shuffled.BOTH");
    return t(`office.session.shuffled.${questions ? "QUESTIONS" : options ? "OPTIONS" : "NONE"}`);
  }

  const conditionsText = ({ application_conditions: lines }: ExamSession): string =>
    lines.length > 0 ? lines.map((text, index) => t("office.condition.numbered", { number: index + 1, text })).join(" ") : t("office.condition.none");

  return (session) => {
    const rows: [string, string][] = [
      ["scheme", session.scheme],
      ["organisation", session.organisation],
      ["window", windowText(session.starts_at, session.ends_at, language.value)],
      ["place", session.place],
      ["minutes", minutes(session.minutes)],
      ["clockRule", t(`office.session.clock.${session.clock_rule}`)],
      ["cameraRule", t(`office.session.camera.${session.camera_rule}`)],
      ["lateEntry", minutes(session.late_entry_minutes)],
      ["lateExtends", flag(session.late_extends_time)],
      ["loginAbsent", minutes(session.login_absent_minutes)],
      ["earliestHandIn", session.earliest_hand_in_minutes === null ? t("office.session.rule.noneEarly") : minutes(session.earliest_hand_in_minutes)],
      ["lastMinutesConsent", minutes(session.last_minutes_consent)],
      ["navigation", t(`office.session.navigationRule.${session.navigation}`)],
      ["calculator", flag(session.calculator_allowed)],
      ["safeBrowser", flag(session.safe_browser_needed)],
      ["acceptOffline", flag(session.accept_offline)],
      ["shuffle", shuffleText(session)],
      ["grace", t("office.secondsText", { number: session.grace_seconds })],
      ["conditions", conditionsText(session)],
    ];
    return [...rows.map(([key, value]) => ({ key, name: t(`office.session.${key}`), value })), { key: "paper", name: t("office.session.paper") }];
  };
}
