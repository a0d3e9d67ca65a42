import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";
import { session } from "@/api/session";

import { dropCopy, keepCopy, recallCopy } from "./rules/localCopies";
import { isSame, merge } from "./rules/merging";

export type KeptState = "saved" | "unsaved" | "saving" | "failed" | "conflict";

/** Something of the server's that a person writes at, with the version it was seen at. */
export interface Stored<T> {
  value: T;
  version: number;
}

export interface Kept<T> {
  value: Ref<T>;
  state: Readonly<Ref<KeptState>>;
  failure: Readonly<Ref<unknown>>;
  /** Whether text from an earlier visit was found that the server does not have. */
  isRestored: Readonly<Ref<boolean>>;
  /** The other person's text, where both changed the same parts. */
  theirs: Readonly<Ref<T | null>>;
  clashes: Readonly<Ref<readonly (keyof T)[]>>;
  isUnsaved: () => boolean;
  save: () => Promise<boolean>;
  /** What the server has was read anew: take it in, without losing what is being written. */
  refresh: (found: Stored<T>) => void;
  /** Throw away what the server does not have. */
  discard: () => void;
  /** Settle one clash with one's own or with the other's text. */
  settle: (part: keyof T, whose: "mine" | "theirs") => Promise<void>;
}

export interface Keeper<T> {
  /** Names the local copy. */
  key: string;
  start: Stored<T>;
  fetch: () => Promise<Stored<T>>;
  /** Write it and return the new version; refuses with `case_moved_on` when somebody else wrote first. */
  store: (value: T, version: number) => Promise<number>;
}

const MOVED_ON = ["case_moved_on", "recommendation_moved_on"];
const COPY_PAUSE_MS = 300;
const MOST_MERGES = 5;

/**
 * Keep a text: a local copy while it is being written, the server's at `save`. When somebody else wrote in between,
 * the parts that only they changed are taken and the rest is saved again; what both changed waits for `settle`.
 */
export function useKept<T extends object>({ key, start, fetch, store }: Keeper<T>): Kept<T> {
  const account = session.me?.account_id ?? "";
  let base: Stored<T> = structuredClone(start);
  const copy = recallCopy<T>(account, key);
  const isRestored = ref(copy !== null && !isSame(copy.value, start.value));
  const value = ref(structuredClone(start.value)) as Ref<T>;
  const theirs: Ref<T | null> = shallowRef<T | null>(null);
  const clashes = shallowRef<readonly (keyof T)[]>([]);
  const failure = shallowRef<unknown>(null);
  const isSaving = ref(false);
  const isChanged = ref(false);

  const plain = (): T => JSON.parse(JSON.stringify(value.value)) as T;
  const state = computed<KeptState>(() => {
    if (clashes.value.length > 0) return "conflict";
    if (isSaving.value) return "saving";
    if (!isChanged.value) return "saved";
    return failure.value ? "failed" : "unsaved";
  });

  /** Take what the server has; returns whether all of it could be taken. */
  function meet(found: Stored<T>, written: Stored<T>, mine: T): void {
    const result = merge(written.value, mine, found.value);
    base = structuredClone(found);
    value.value = result.merged;
    clashes.value = result.clashes;
    theirs.value = result.clashes.length > 0 ? found.value : null;
    isChanged.value = !isSame(result.merged, found.value);
  }

  if (copy && isRestored.value) meet(base, { value: copy.base, version: copy.version }, copy.value);

  let timer: ReturnType<typeof setTimeout> | undefined;
  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isChanged.value) keepCopy(account, key, { value: plain(), base: base.value, version: base.version });
    else dropCopy(account, key);
  }
  watch(
    value,
    () => {
      isChanged.value = !isSame(plain(), base.value);
      timer ??= setTimeout(keep, COPY_PAUSE_MS);
    },
    { deep: true },
  );
  onScopeDispose(() => timer && keep());

  async function write(merges: number): Promise<void> {
    const mine = plain();
    try {
      const version = await store(mine, base.version);
      base = { value: mine, version };
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !MOVED_ON.includes(thrown.code) || merges >= MOST_MERGES) throw thrown;
      meet(await fetch(), base, plain());
      if (clashes.value.length === 0 && isChanged.value) await write(merges + 1);
    }
  }

  /** One saving at a time: who asks meanwhile gets another one, with what was written since. */
  let running: Promise<boolean> | null = null;
  async function save(): Promise<boolean> {
    if (running) await running;
    running ??= saveOnce().finally(() => (running = null));
    return running;
  }

  async function saveOnce(): Promise<boolean> {
    if (clashes.value.length > 0) return false;
    if (!isChanged.value) return true;
    isSaving.value = true;
    try {
      await write(0);
      failure.value = null;
      isRestored.value = false;
      return true;
    } catch (thrown) {
      failure.value = thrown;
      return false;
    } finally {
      isSaving.value = false;
      isChanged.value = !isSame(plain(), base.value);
      keep();
    }
  }

  function refresh(found: Stored<T>): void {
    if (!isSaving.value && clashes.value.length === 0 && found.version > base.version) meet(found, base, plain());
  }

  function discard(): void {
    value.value = structuredClone(base.value);
    clashes.value = [];
    theirs.value = null;
    failure.value = null;
    isRestored.value = isChanged.value = false;
    dropCopy(account, key);
  }

  async function settle(part: keyof T, whose: "mine" | "theirs"): Promise<void> {
    if (whose === "theirs" && theirs.value) value.value = { ...plain(), [part]: structuredClone(theirs.value[part]) };
    clashes.value = clashes.value.filter((each) => each !== part);
    if (clashes.value.length > 0) return;
    theirs.value = null;
    isChanged.value = !isSame(plain(), base.value);
    await save();
  }

  return { value, state, failure, isRestored, theirs, clashes, isUnsaved: () => isChanged.value || clashes.value.length > 0, save, refresh, discard, settle };
}
