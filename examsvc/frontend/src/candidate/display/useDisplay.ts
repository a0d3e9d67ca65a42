/** Shows a sitting's pages as it was decided for the candidate, and as the candidate chose since then. */

import { computed, onScopeDispose, shallowRef, watch } from "vue";

import { display, keepDisplayBy } from "@/shared/display";

import type { Sitting } from "../useSitting";
import { forgetChoices, keepChoices, readChoices } from "./choices";
import { type Choices, grantedIn, shown } from "./shown";

const NOTHING_GRANTED = { text: null, contrast: null, keys: null };

/** Until the scope ends; then the page looks as it did before. */
export function useDisplay(sitting: Pick<Sitting, "id" | "view" | "isOver" | "isMoved">): void {
  const before = { ...display };
  const choices = shallowRef<Choices>(readChoices(sitting.id));
  const granted = computed(() => (sitting.view.value ? grantedIn(sitting.view.value) : NOTHING_GRANTED));
  const isDone = computed(() => sitting.isOver.value || sitting.isMoved.value);

  watch(
    [granted, choices],
    ([grant, choice]) => {
      display.text = shown(grant.text, choice.text, before.text);
      display.contrast = shown(grant.contrast, choice.contrast, before.contrast);
      display.keys = shown(grant.keys, choice.keys, before.keys);
    },
    { immediate: true },
  );
  watch(isDone, (isOver) => isOver && forgetChoices(sitting.id), { immediate: true });

  const stopKeeping = keepDisplayBy((name, value) => {
    choices.value = { ...choices.value, [name]: { value, over: granted.value[name] } };
    if (!isDone.value) keepChoices(sitting.id, choices.value);
  });
  onScopeDispose(() => {
    stopKeeping();
    Object.assign(display, before);
  });
}
