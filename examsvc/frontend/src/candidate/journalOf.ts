/** The journal of a sitting on this machine. */

import { Journal } from "@/journal/journal";
import { lastWordsIn } from "@/journal/lastWords";
import { openStore } from "@/journal/store";
import type { Surroundings } from "@/journal/surroundings";

import type { Sitting } from "./useSitting";

export async function journalOf({ id, api }: Sitting, around: Surroundings): Promise<Journal> {
  const lastWords = lastWordsIn(() => localStorage);
  return new Journal(id, await openStore(), lastWords, { claim: api.claim, send: api.respond }, around);
}
