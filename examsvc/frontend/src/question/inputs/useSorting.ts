/** Moving the rows of a list: step by step, or by dragging a row with mouse, pen or finger. */

import { nextTick, ref, type Ref } from "vue";

import { moved, placeAt } from "../rules/ordering";

export function useSorting(
  list: Readonly<Ref<HTMLElement | null>>,
  order: () => string[],
  give: (order: string[]) => void,
  say: (id: string, place: number) => void,
) {
  /** The order while a row is dragged, and that row. */
  const draft = ref<string[] | null>(null);
  const dragged = ref<string | null>(null);

  /** Move a row by one place and keep the focus on the control that moved it. */
  async function step(id: string, by: 1 | -1): Promise<void> {
    const control = document.activeElement as HTMLElement | null;
    const from = order().indexOf(id);
    const to = from + by;
    if (to < 0 || to >= order().length) return;
    give(moved(order(), from, to));
    say(id, to);
    await nextTick();
    control?.focus({ preventScroll: true });
  }

  function grab(id: string, event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    // The list holds the pointer: a row loses it when it changes its place.
    list.value?.setPointerCapture(event.pointerId);
    dragged.value = id;
    draft.value = order();
  }

  function drag(event: PointerEvent): void {
    if (!list.value || !draft.value || dragged.value === null) return;
    const to = placeAt(event.clientY - list.value.getBoundingClientRect().top, rowsOf(list.value));
    draft.value = moved(draft.value, draft.value.indexOf(dragged.value), to);
  }

  function drop(): void {
    const [id, after] = [dragged.value, draft.value];
    dragged.value = draft.value = null;
    if (id === null || after === null || after.join("\n") === order().join("\n")) return;
    give(after);
    say(id, after.indexOf(id));
  }

  return { draft, dragged, step, grab, drag, drop };
}

/** Where the rows stand in the list, whatever movement is still being shown. */
function rowsOf(list: HTMLElement): { top: number; height: number }[] {
  return [...list.children].map((row) => {
    const { offsetTop, offsetHeight } = row as HTMLElement;
    return { top: offsetTop, height: offsetHeight };
  });
}
