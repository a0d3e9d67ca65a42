/** How a credit for lost time is told. */

import type { Schemas } from "@/api/client";

type Credit = Pick<Schemas["CreditView"], "state" | "lapsed_because">;

/** A credit whose start was moved is void, whether it was given or not; one that only came too late has lapsed. */
export function shownState({ state, lapsed_because }: Credit): Credit["state"] | "VOID" {
  return lapsed_because === null ? state : "VOID";
}
