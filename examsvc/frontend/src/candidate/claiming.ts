/**
 * Claiming a sitting behind the last claim that this page knows of. A claim that the network delivers late is outdated by
 * then, and fences nobody: not even its own page, which has asked again since.
 */

import { Refusal } from "@/api/refusal";
import type { Claim } from "@/journal/wire";

import type { Sitting } from "./useSitting";

type Claiming = Pick<Sitting, "api" | "view" | "amend">;

/** Throws what the server refused. Of claims that this page had not heard of, it takes the sitting over as well. */
export async function claimed({ api, view, amend }: Claiming, canWait = false): Promise<Claim> {
  try {
    return await api.claim(view.value?.epoch ?? 0, canWait);
  } catch (thrown) {
    const epoch = epochNow(thrown);
    if (epoch === null) throw thrown;
    amend({ epoch });
    return api.claim(epoch, canWait);
  }
}

/** The epoch that the sitting has got to meanwhile, or null for any other failure. */
function epochNow(thrown: unknown): number | null {
  const isOutdated = thrown instanceof Refusal && thrown.code === "claim_outdated";
  return isOutdated && typeof thrown.extra.epoch === "number" ? thrown.extra.epoch : null;
}
