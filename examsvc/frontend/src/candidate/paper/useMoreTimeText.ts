import { useI18n } from "vue-i18n";

import { clockTime } from "@/time/clockTime";
import { useLength } from "@/time/useLength";

import type { Command } from "../link/commands";

const SECONDS_A_MINUTE = 60;

/** Say that there is more time, and why: the proctor's reason, or 因服务器 09:12:03–09:13:40，补时 97 秒. The short form fits the clock. */
export function useMoreTimeText(): (command: Command, options?: { isShort: boolean }) => string {
  const { t, locale } = useI18n();
  const length = useLength();

  function extended(seconds: number): string {
    const isWhole = seconds % SECONDS_A_MINUTE === 0;
    return isWhole
      ? t("candidate.time.extended", { minutes: seconds / SECONDS_A_MINUTE })
      : t("candidate.time.extendedSeconds", { seconds });
  }

  return ({ outage, seconds, text }, { isShort } = { isShort: false }) => {
    if (!outage) return extended(seconds) + (text && !isShort ? t("candidate.time.why", { reason: text }) : "");
    if (isShort) return t("candidate.time.creditedShort", { length: length(seconds) });
    return t("candidate.time.credited", {
      cause: t(`candidate.time.cause.${outage.cause}`),
      from: clockTime(outage.from_at, locale.value),
      to: clockTime(outage.to_at, locale.value),
      length: length(seconds),
    });
  };
}
