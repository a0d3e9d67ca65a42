import { useI18n } from "vue-i18n";

import { clockTime } from "@/time/clockTime";
import { useLength } from "@/time/useLength";

import type { Outage } from "../types";

/** Say what an outage was: 服务器中断 09:12:03–09:13:40，97 秒. */
export function useOutageText(): (outage: Outage) => string {
  const { t, locale } = useI18n();
  const length = useLength();
  return ({ cause, room, from_at, to_at }) =>
    t("wall.lost.line", {
      cause: [t(`wall.lost.cause.${cause}`), room].filter(Boolean).join(" "),
      from: clockTime(from_at, locale.value),
      to: clockTime(to_at, locale.value),
      length: length(Math.ceil((Date.parse(to_at) - Date.parse(from_at)) / 1_000)),
    });
}
