/** Going from one place to type in to the next by the keyboard, in the order in which they stand on the page. */

import type { Ref } from "vue";

export function useTurns(place: Readonly<Ref<HTMLElement | null>>) {
  function go(from: HTMLElement, step: 1 | -1): void {
    const stops = [...(place.value?.querySelectorAll<HTMLElement>("[data-slot]:not(:disabled)") ?? [])];
    const to = stops[stops.indexOf(from) + step];
    to?.focus();
    if (to instanceof HTMLInputElement) to.select();
  }

  return { next: (from: HTMLElement) => go(from, 1), back: (from: HTMLElement) => go(from, -1) };
}
