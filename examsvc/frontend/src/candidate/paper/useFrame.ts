/** The room there is: how high the header stands, and whether sheet and question fit side by side at this text size. */

import { nextTick, onMounted, onScopeDispose, type Ref, ref, watch } from "vue";

import { display } from "@/shared/display";

/** In rem: a larger text needs a wider window. */
const SIDE_BY_SIDE = 63;

export function useFrame(header: Readonly<Ref<HTMLElement | null>>) {
  const top = ref(0);
  const isNarrow = ref(false);

  function measure(): void {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    isNarrow.value = innerWidth / rem < SIDE_BY_SIDE;
    top.value = header.value?.offsetHeight ?? 0;
  }

  const observer = new ResizeObserver(measure);
  onMounted(() => {
    measure();
    if (header.value) observer.observe(header.value);
  });
  addEventListener("resize", measure);
  watch(display, () => void nextTick(measure));
  onScopeDispose(() => {
    observer.disconnect();
    removeEventListener("resize", measure);
  });
  return { top, isNarrow };
}
