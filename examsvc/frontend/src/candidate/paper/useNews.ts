/** What the proctors and the office changed, told to who is writing. */

import { computed, ref, watch } from "vue";
import { useI18n } from "vue-i18n";

import { toast } from "@/shared/toasts";

import type { Proctoring } from "../useProctoring";
import { useMoreTimeText } from "./useMoreTimeText";

/** For a while the clock itself says that there is more time. */
const NEWS_MS = 12_000;

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
    if (command?.kind === "ACCOMMODATE") toast("info", t("candidate.time.accommodated"));
  });
  return { news, minutesMore };
}
