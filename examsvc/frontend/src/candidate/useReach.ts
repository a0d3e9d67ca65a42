/** How far the candidate has got where nobody goes back, and which questions may be gone to. */

import { computed, type Ref } from "vue";

import { groupAt, reachedPlace } from "./rules/sequence";
import type { Paper } from "./types";
import type { Sitting } from "./useSitting";

export function useReach(sitting: Sitting, paper: Readonly<Ref<Paper | null>>, held: ReadonlyMap<string, unknown>) {
  const navigation = computed(() => sitting.view.value?.exam_session.navigation ?? "FREE");
  const isSequential = computed(() => navigation.value === "SEQUENTIAL");
  const isBySection = computed(() => navigation.value === "BY_SECTION");
  const sections = computed(() => (paper.value?.sections ?? []).map(({ questions }) => questions.map(({ ref }) => ref)));
  const order = computed(() => sections.value.flat());
  const together = computed(() => {
    if (isSequential.value) return order.value.map((itemRef) => [itemRef]);
    return isBySection.value ? sections.value : [order.value];
  });
  const reached = computed(() => reachedPlace(order.value, held.keys()));
  const group = computed(() => groupAt(together.value, reached.value));
  const open = computed(() => new Set(together.value[group.value]));
  const mayGoTo = (itemRef: string): boolean => open.value.has(itemRef);

  return { isSequential, isBySection, reached, group, groupCount: computed(() => together.value.length), mayGoTo };
}
