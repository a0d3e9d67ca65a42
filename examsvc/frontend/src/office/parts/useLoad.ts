import { type Ref, ref, shallowRef, watch, type WatchSource } from "vue";

/** What a page shows from the server: the data, or why there is none. */
export interface Load<T> {
  data: Readonly<Ref<T | null>>;
  failure: Readonly<Ref<unknown>>;
  isLoading: Readonly<Ref<boolean>>;
  reload: () => Promise<void>;
}

/** Load now and whenever `source` changes; only the latest answer counts. Old data stays until new data is there. */
export function useLoad<T>(load: () => Promise<T>, source?: WatchSource): Load<T> {
  const data = shallowRef<T | null>(null);
  const failure = shallowRef<unknown>(null);
  const isLoading = ref(false);
  let latest = 0;

  async function reload(): Promise<void> {
    const mine = ++latest;
    isLoading.value = true;
    try {
      const found = await load();
      if (mine !== latest) return;
      data.value = found;
      failure.value = null;
    } catch (thrown) {
      if (mine === latest) failure.value = thrown;
    } finally {
      if (mine === latest) isLoading.value = false;
    }
  }

  void reload();
  if (source) watch(source, reload);
  return { data, failure, isLoading, reload };
}
