import { useI18n } from "vue-i18n";

const SECONDS_A_MINUTE = 60;

/** Say how long so many seconds are: 97 秒, 5 分钟, 2 分 5 秒; below two minutes in seconds alone. */
export function useLength(): (seconds: number) => string {
  const { t } = useI18n();
  return (total) => {
    const [minutes, seconds] = [Math.floor(total / SECONDS_A_MINUTE), total % SECONDS_A_MINUTE];
    if (seconds === 0 && minutes > 0) return t("common.length.minutes", { minutes });
    return minutes < 2
      ? t("common.length.seconds", { seconds: total })
      : t("common.length.minutesSeconds", { minutes, seconds });
  };
}
