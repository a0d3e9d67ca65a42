import type { Tone } from "@/shared/icons";

/** How good the news of each state is. */
export const NOTICE_TONES: Readonly<Record<string, Tone>> = { OPEN: "info", ENDED: "good", CANCELLED: "warn" };
export const OBJECTION_TONES: Readonly<Record<string, Tone>> = { OPEN: "warn", UPHELD: "bad", DISMISSED: "neutral" };
