/** Leaving the page to prove to be in Safe Exam Browser: it is loaded anew, and the journal on disk goes with it. */

import { shallowRef } from "vue";

import { Refusal } from "@/api/refusal";

/** The page is left on purpose: nobody is asked. */
export const isLeaving = shallowRef(false);

export function goTo(path: string): void {
  isLeaving.value = true;
  location.assign(path);
}

/** A claim that needs a proof first: a page that is loaded anew brings it. Throws what was refused. */
export function proveFirst(thrown: unknown): never {
  if (thrown instanceof Refusal && thrown.code === "safe_browser_needed") {
    isLeaving.value = true;
    location.reload();
  }
  throw thrown;
}
