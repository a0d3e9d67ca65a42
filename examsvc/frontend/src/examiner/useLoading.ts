import { type Ref, shallowRef, watch, type WatchSource } from "vue";

/** Load now and whenever `source` changes; `failure` is why the latest try failed. */
export function useLoading(load: () => Promise<unknown>, source?: WatchSource): { failure: Ref<unknown>; retry: () => Promise<void> } {
  const failure = shallowRef<unknown>(null);
  let latest = 0;

  async function retry(): Promise<void> {
    const mine = ++latest;
    failure.value = null;
    try {
      await load();
    } catch (thrown) {
      if (mine === latest) failure.value = thrown;
    }
  }

  void retry();
  if (source) watch(source, retry);
  return { failure, retry };
}
