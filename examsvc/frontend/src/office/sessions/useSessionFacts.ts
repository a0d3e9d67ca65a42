import { useI18n } from "vue-i18n";

import { useLanguage } from "@/i18n";

import { windowText } from "../parts/windowText";
import type { ExamSession } from "./plan";

interface Fact {
  key: string;
  name: string;
  value?: string;
}

/** Return a function that says what, when and where an exam session is; the value of `paper` is left to the page. */
export function useSessionFacts(): (session: ExamSession) => Fact[] {
  const { t } = useI18n();
  const { language } = useLanguage();
  return (session) => {
    const values: Record<string, string | undefined> = {
      scheme: session.scheme,
      organisation: session.organisation,
      window: windowText(session.starts_at, session.ends_at, language.value),
      place: session.place,
      paper: undefined,
    };
    return Object.entries(values).map(([key, value]) => ({ key, name: t(`office.session.${key}`), value }));
  };
}
