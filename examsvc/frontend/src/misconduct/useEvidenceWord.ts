import { useI18n } from "vue-i18n";

import type { EvidenceRef } from "./types";

/** Return what a piece of evidence is called: its kind, and what it tells of. */
export function useEvidenceWord() {
  const { t, te } = useI18n();
  return (kind: EvidenceRef["kind"], what: string): string => {
    const key = `misconduct.evidence.what.${kind}.${what}`;
    return [t(`misconduct.evidence.kind.${kind}`), te(key) ? t(key) : ""].filter(Boolean).join(" · ");
  };
}
