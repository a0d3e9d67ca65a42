import { onScopeDispose, type Ref, ref } from "vue";

import { landing } from "./rules/order";

export interface Dragging {
  /** The place the dragged element came from, or null while nothing is dragged. */
  from: Readonly<Ref<number | null>>;
  to: Readonly<Ref<number>>;
  grab: (event: PointerEvent, index: number) => void;
}

/** Drag one of the elements by mouse, pen or finger; `drop` is told from where to where. */
export function useDragging(elements: () => HTMLElement[], drop: (from: number, to: number) => unknown): Dragging {
  const from = ref<number | null>(null);
  const to = ref(0);
  let middles: number[] = [];

  const track = (event: PointerEvent): void => {
    if (from.value === null) return;
    event.preventDefault();
    to.value = landing(middles, from.value, event.clientY + scrollY);
  };
  const end = (): void => stop(true);
  const cancel = (): void => stop(false);
  const escape = (event: KeyboardEvent): void => {
    if (event.key === "Escape") cancel();
  };

  function stop(drops: boolean): void {
    removeEventListener("pointermove", track);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", cancel);
    removeEventListener("keydown", escape);
    const source = from.value;
    from.value = null;
    if (drops && source !== null && source !== to.value) void drop(source, to.value);
  }

  function grab(event: PointerEvent, index: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    middles = elements().map((element) => {
      const { top, height } = element.getBoundingClientRect();
      return top + scrollY + height / 2;
    });
    from.value = to.value = index;
    addEventListener("pointermove", track, { passive: false });
    addEventListener("pointerup", end);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escape);
  }

  onScopeDispose(cancel);
  return { from, to, grab };
}
