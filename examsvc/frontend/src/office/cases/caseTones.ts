import type { Tone } from "@/shared/icons";

/** How good the news of a case's state is; others are under way. */
const TONES: Readonly<Record<string, Tone>> = {
  DRAFT: "neutral",
  RETURNED: "warn",
  FILED: "good",
  REJECTED: "bad",
  ABANDONED: "bad",
  WITHDRAWN: "neutral",
};

export const toneOf = (state: string): Tone => TONES[state] ?? "info";

/** Who has business with cases. */
export const CASE_ROLES = ["RECOMMENDER", "REGISTRAR", "BUREAU", "DISTRICT", "EXPERT", "OFFICE", "QUALITY_SUPERVISOR"] as const;

/** Whose home begins with what waits for them. */
export const DESK_ROLES = ["RECOMMENDER", "REGISTRAR", "BUREAU", "DISTRICT", "EXPERT", "OFFICE"] as const;

export const STEPS = ["RECOMMENDATION", "INITIATION_REVIEW", "ORGANISATION_REVIEW", "SCHEME_REVIEW", "FILING", "PUBLICATION"] as const;

export const STATES = [
  ...["DRAFT", "SUBMITTED", "RETURNED", "MATERIALS_CHECKED", "EXPERT_REVIEWED", "CITY_PASSED", "SENT_TO_NATIONAL"],
  ...["NATIONAL_AGREED", "SELECTED", "SCHEME_PUBLICITY", "SCHEME_PUBLICISED", "APPLYING", "APPLIED", "DEVELOPING"],
  ...["HANDED_IN", "SCHEME_ASSESSED", "BUREAU_AGREED", "PUBLICITY", "PUBLICISED", "FILED"],
  ...["REJECTED", "ABANDONED", "WITHDRAWN"],
] as const;
