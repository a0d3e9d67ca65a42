import { type Ref, ref, watch, type WatchSource } from "vue";

import { type Action, useAction } from "../parts/useAction";
import { type Load, useLoad } from "../parts/useLoad";

interface Page<T> {
  items: readonly T[];
  next: string | null;
}

/** A list that is read a page at a time; `more` fetches the page behind those shown. */
export interface Newest<T> {
  load: Load<T[]>;
  next: Readonly<Ref<string | null>>;
  action: Action;
  more: () => Promise<void>;
}

/** Read the first page now and whenever `source` changes. */
export function useNewest<T>(read: (after: string | undefined) => Promise<Page<T>>, source?: WatchSource): Newest<T> {
  const next = ref<string | null>(null);
  const items = ref<T[]>([]) as Ref<T[]>;
  const action = useAction();
  const load = useLoad(async () => {
    const page = await read(undefined);
    next.value = page.next;
    items.value = [...page.items];
    return items.value;
  }, source);
  const shown = ref<T[] | null>(null) as Ref<T[] | null>;
  watch([load.data, items], () => (shown.value = load.data.value && items.value));

  async function more(): Promise<void> {
    const after = next.value;
    if (after === null) return;
    await action.run(async () => {
      const page = await read(after);
      next.value = page.next;
      items.value = [...items.value, ...page.items];
    });
  }

  return { load: { ...load, data: shown }, next, action, more };
}
