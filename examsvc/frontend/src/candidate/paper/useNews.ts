/** What the proctors and the office changed, told on whatever page of the sitting is shown. */

import { computed, ref, watch } from "vue";
import { useI18n } from "vue-i18n";

import { toast } from "@/shared/toasts";

import type { Proctoring } from "../useProctoring";
import { useMoreTimeText } from "./useMoreTimeText";

/** For a while the clock itself says that there is more time. */
const NEWS_MS = 12_000;

export type News = ReturnType<typeof useNews>;

export function useNews(proctoring: Proctoring) {
  const { t } = useI18n();
  const news = ref("");
  const moreTimeText = useMoreTimeText();
  const minutesMore = computed(() => (proctoring.extension.value ? moreTimeText(proctoring.extension.value) : ""));
  watch(proctoring.extension, (extension) => {
    if (!extension) return;
    toast("info", minutesMore.value);
    news.value = moreTimeText(extension, { isShort: true });
    setTimeout(() => (news.value = ""), NEWS_MS);
  });
  watch(proctoring.news, (command) => {
    if (command?.kind === "ALLOW_HAND_IN") toast("good", t("candidate.handIn.allowed"));
    if (command?.kind === "EXPECT_AGAIN") toast("good", t("candidate.expectedAgain", { text: command.text }));
    if (command?.kind === "LET_BEGIN") toast("good", t("candidate.letBegin"));
    if (command?.kind === "TAKE_ANSWERS") toast("info", t("candidate.answersTaken"));
  });
  watch(proctoring.accommodated, (changed) => {
    if (!changed) return;
    const what = changed.map((each) => t(`candidate.accommodated.${each}`)).join(t("candidate.accommodated.and"));
    toast("info", what ? t("candidate.accommodated.changed", { what }) : t("candidate.accommodated.text"));
  });
  return { news, minutesMore };
}
