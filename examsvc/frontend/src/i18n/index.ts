import { watch, type WritableComputedRef } from "vue";
import { createI18n, useI18n } from "vue-i18n";

import { forget, recall, remember } from "@/shared/remembered";

import enCommon from "./en/common.json";
import enRefusals from "./en/refusals.json";
import { detectLanguage, FALLBACK, type Language } from "./languages";
import zhCommon from "./zh-CN/common.json";
import zhRefusals from "./zh-CN/refusals.json";

/** The messages of one entry, by language; each file's name is the first part of its keys. */
export type EntryMessages = Record<Language, Record<string, object>>;

const REMEMBERED_AS = "language";

/** Make the entry's i18n plugin: shared messages, its own, and a language that is kept and told to the document. */
export function createLanguages(own: EntryMessages) {
  const i18n = createI18n({
    legacy: false,
    locale: detectLanguage(recall(REMEMBERED_AS), navigator.languages),
    fallbackLocale: FALLBACK,
    messages: {
      "zh-CN": { common: zhCommon, refusals: zhRefusals, ...own["zh-CN"] },
      en: { common: enCommon, refusals: enRefusals, ...own.en },
    },
  });
  watch(i18n.global.locale, (language) => (document.documentElement.lang = language), { immediate: true });
  return i18n;
}

/** Forget what was chosen here: the next visit begins as everybody's does. */
export const forgetLanguage = (): void => forget(REMEMBERED_AS);

/**
 * The page's language, to read and (through `switchTo`) to change for this and later visits; `reset` goes back to the one
 * that the page has when nobody has chosen.
 */
export function useLanguage() {
  const { locale } = useI18n();
  const language = locale as WritableComputedRef<Language>;
  const switchTo = (to: Language): void => {
    language.value = to;
    remember(REMEMBERED_AS, to);
  };
  const reset = (): void => {
    forgetLanguage();
    language.value = detectLanguage(null, navigator.languages);
  };
  return { language, switchTo, reset };
}
