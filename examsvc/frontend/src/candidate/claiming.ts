/**
 * Claiming a sitting behind the last claim that this page knows of. A claim that the network delivers late is outdated by
 * then, and fences nobody: not even its own page, which has asked again since.
 */

import { Refusal } from "@/api/refusal";
import type { Claim, Manner } from "@/journal/wire";

import type { Sitting } from "./useSitting";

type Claiming = Pick<Sitting, "api" | "view" | "amend">;

/**
 * Throws what the server refused. Behind a claim that this page had not heard of it claims again: its own may have come
 * through unheard. What another machine has claimed it takes only when a person here asks for it.
 */
export async function claimed({ api, view, amend }: Claiming, manner: Manner = {}): Promise<Claim> {
  const { canWait = false, isByItself = false } = manner;
  try {
    return await api.claim(view.value?.epoch ?? 0, canWait);
  } catch (thrown) {
    const meanwhile = claimedMeanwhile(thrown);
    if (!meanwhile || (isByItself && !meanwhile.isOwn)) throw thrown;
    amend({ epoch: meanwhile.epoch });
    return api.claim(meanwhile.epoch, canWait);
  }
}

/** The epoch that the sitting has got to meanwhile, and whether by this log-in; null for any other failure. */
function claimedMeanwhile(thrown: unknown): { epoch: number; isOwn: boolean } | null {
  if (!(thrown instanceof Refusal) || thrown.code !== "claim_outdated") return null;
  const { epoch, is_own } = thrown.extra;
  return typeof epoch === "number" ? { epoch, isOwn: is_own === true } : null;
}
