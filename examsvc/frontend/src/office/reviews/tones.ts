import type { Tone } from "@/shared/icons";

/** How good the news of an opinion, a result, a conclusion or a reply is. */
export const TONES: Readonly<Record<string, Tone>> = {
  PASS: "good",
  AGREED: "good",
  FAIL: "bad",
  REJECT: "bad",
  REFUSED: "bad",
  RETURN: "warn",
  RETURNED: "warn",
  ABSTAIN: "neutral",
};
