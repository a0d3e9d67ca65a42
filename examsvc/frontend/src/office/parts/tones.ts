import type { Tone } from "@/shared/icons";

/** How good the news of each state is; a state's word stands beside it in office.json. */
export const TONES: Readonly<Record<string, Readonly<Record<string, Tone>>>> = {
  item: {
    DRAFT: "neutral",
    IN_REVIEW: "info",
    APPROVED: "info",
    RELEASED: "good",
    RETIRED: "neutral",
    COMPROMISED: "bad",
  },
  examSession: { DRAFT: "neutral", PUBLISHED: "good", CLOSED: "info", CANCELLED: "bad" },
  sitting: {
    EXPECTED: "neutral",
    IN_PROGRESS: "info",
    PAUSED: "warn",
    HANDED_IN: "good",
    TERMINATED: "bad",
    ABSENT: "warn",
  },
  result: { INCOMPLETE: "neutral", READY: "info", PUBLISHED: "good", VOID: "bad" },
  sheet: { OPEN: "neutral", SIGNED: "good" },
  certificate: { VALID: "good", SUSPENDED: "warn", WITHDRAWN: "bad" },
  filing: { IN_FORCE: "good", NOT_YET: "neutral", EXPIRED: "warn", SUSPENDED: "warn", WITHDRAWN: "bad" },
  decision: { AWARD: "good", REFUSE: "bad" },
};
