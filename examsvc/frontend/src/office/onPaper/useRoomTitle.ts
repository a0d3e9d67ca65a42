/** What a room is called in lists: its number in the exam session and its name. */

import { useI18n } from "vue-i18n";

import { label } from "../rooms/seats";
import type { Room } from "./rooms";

export function useRoomTitle(): (room: Pick<Room, "number" | "name">) => string {
  const { t } = useI18n();
  return ({ number, name }) => (number ? `${t("office.rooms.plan.room", { number: label(number) })} ${name}` : t("office.onPaper.noRoom"));
}
