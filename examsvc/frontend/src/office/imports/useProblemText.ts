import { useI18n } from "vue-i18n";

type Said = { code: string; detail: string };

/** Return how a problem of a file reads: our words with the reader's own after them, or the reader's alone. */
export function useProblemText(): { problemText: (problem: Said) => string; faultText: (fault: string) => string } {
  const { t, te } = useI18n();
  const wordOf = (code: string): string => {
    const key = ["office.importing.code", "office.item.fault"].map((area) => `${area}.${code}`).find((one) => te(one));
    return key ? t(key) : "";
  };
  return {
    problemText: ({ code, detail }) => [wordOf(code), detail].filter(Boolean).join(" · "),
    faultText: (fault) => (fault ? wordOf(fault) || fault : ""),
  };
}
