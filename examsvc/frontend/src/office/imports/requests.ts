import type { Schemas } from "@/api/client";
import type { Tone } from "@/shared/icons";

const LASTS_MS = 24 * 60 * 60 * 1000;
export type RequestState = "WAITING" | "GRANTED" | "USED" | "LAPSED";
type Request = Pick<Schemas["BankExportView"], "granted_at" | "used_at">;

/** How good the news of each state is. */
export const TONES: Readonly<Record<RequestState, Tone>> = { WAITING: "info", GRANTED: "good", USED: "neutral", LAPSED: "warn" };

/** Return what has become of a request; leave lasts a day and for one export. */
export function stateOf({ granted_at, used_at }: Request, now: number): RequestState {
  if (used_at) return "USED";
  if (!granted_at) return "WAITING";
  return now - Date.parse(granted_at) < LASTS_MS ? "GRANTED" : "LAPSED";
}
