/** The journal of a sitting on this machine. */

import { Journal } from "@/journal/journal";
import { lastWordsIn } from "@/journal/lastWords";
import { openStore } from "@/journal/store";
import type { Surroundings } from "@/journal/surroundings";
import type { Manner } from "@/journal/wire";

import { claimed } from "./claiming";
import type { Sitting } from "./useSitting";

export async function journalOf(sitting: Sitting, around: Surroundings): Promise<Journal> {
  const { id, api } = sitting;
  const lastWords = lastWordsIn(() => localStorage);
  const wire = { claim: (manner?: Manner) => claimed(sitting, manner), goOn: api.goOn, send: api.respond };
  return new Journal(id, await openStore(), lastWords, wire, around);
}
