/** Proving to be in Safe Exam Browser: the page is loaded at an address with a nonce, and shows the hash of it. */

import { shallowRef } from "vue";

import { api, take } from "@/api/client";

import { timed } from "../api";
import { readKeys } from "./keys";
import { goTo } from "./leaving";

/** Why the last try since this page was loaded failed; null before one. */
export const lastFault = shallowRef<unknown>(null);
/** Whether it was tried since the page was loaded: then a person decides about the next try. */
export const wasTried = shallowRef(false);

/** Load the page anew at an address that holds a fresh nonce; throws a Refusal. */
export async function begin(sitting_id: string): Promise<void> {
  const params = { path: { sitting_id } };
  const { page_path } = await timed((signal) =>
    api.POST("/api/sittings/{sitting_id}/safe-browser/challenges", { params, body: {}, signal }),
  );
  goTo(page_path);
}

/** Show what the browser says of the address that this page was loaded at; a refusal is kept. */
export async function prove(nonce: string): Promise<void> {
  wasTried.value = true;
  lastFault.value = null;
  try {
    const body = { ...(await readKeys(window)), page_address: location.href };
    await take(api.POST("/api/safe-browser/challenges/{nonce}", { params: { path: { nonce } }, body }));
  } catch (thrown) {
    lastFault.value = thrown;
  }
}
