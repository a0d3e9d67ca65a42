/** The sealed paper of a waiting candidate: fetched ahead of the start, each at a moment of its own, opened by its keys. */

import { onScopeDispose, ref, watch } from "vue";

import { Refusal } from "@/api/refusal";
import { retryDelay } from "@/journal/backoff";
import { loadFormulas } from "@/question/text/formulas";
import { serverClock } from "@/time/serverClock";

import type { Sitting } from "../useSitting";
import { download } from "./download";
import { openFrom, type Opened } from "./opening";
import { canUnseal, type Keys } from "./seal";
import { openVault, type Vault } from "./vault";

/** `off`: this browser cannot; the paper is fetched in the ordinary way when it is entered. */
export type PreloadState = "off" | "waiting" | "loading" | "ready" | "failed";
export type Preload = ReturnType<typeof usePreload>;

const MOST_JITTER_MS = 30_000;
/** Nobody waits with fetching until too little time is left. */
const SHARE_OF_THE_TIME_LEFT = 0.5;

export function usePreload(sitting: Sitting) {
  const state = ref<PreloadState>(canUnseal() ? "waiting" : "off");
  /** So long after a common start this page listens before it asks by itself. */
  const toldWithinMs = ref(0);
  let vault: Promise<Vault> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const opened = (): Promise<Vault> => (vault ??= openVault());

  /** Plan the fetching: from when papers are given out, and a little by chance. After a reload it may lie here already. */
  async function plan(): Promise<void> {
    clearTimeout(timer);
    if (state.value === "off") return;
    const kept = await opened().then((found) => found.paper(sitting.id)).catch(() => undefined);
    const [view, now] = [sitting.view.value, serverClock.now()];
    if (!view || now === null) return;
    state.value = kept?.starts_at === view.starts_at ? "ready" : "waiting";
    if (state.value === "ready") {
      toldWithinMs.value = kept!.told_within_ms;
      return;
    }
    clearTimeout(timer);
    const from = Math.max(now, Date.parse(view.preload_opens_at));
    const left = Math.max(0, Date.parse(view.starts_at) - from);
    const jitter = Math.random() * Math.min(MOST_JITTER_MS, left * SHARE_OF_THE_TIME_LEFT);
    timer = setTimeout(() => void load(), from - now + jitter);
  }

  async function load(): Promise<void> {
    if (state.value === "loading") return;
    state.value = "loading";
    try {
      const wanted = await download(sitting.id, await opened());
      if (wanted.has_formulas) await loadFormulas();
      toldWithinMs.value = wanted.told_within_ms;
      [state.value, failures] = ["ready", 0];
    } catch (thrown) {
      state.value = "failed";
      if (isWorthAnotherTry(thrown)) timer = setTimeout(() => void load(), retryDelay(after((failures += 1))));
    }
  }

  /**
   * Open the paper with the keys that the start has brought. What does not fit is thrown away and fetched once more;
   * returns null when the paper has to be fetched in the ordinary way.
   */
  async function open(keys: Keys): Promise<Opened | null> {
    clearTimeout(timer);
    if (state.value === "off") return null;
    try {
      const kept = await opened();
      return await openFrom(kept, sitting.id, keys).catch(() => openAnew(kept, keys));
    } catch {
      return null;
    }
  }

  async function openAnew(kept: Vault, keys: Keys): Promise<Opened | null> {
    await kept.forget(sitting.id);
    await download(sitting.id, kept);
    return openFrom(kept, sitting.id, keys);
  }

  /** Nothing of the paper stays in this browser: somebody else sits here next. */
  async function forget(): Promise<void> {
    clearTimeout(timer);
    if (state.value !== "off") await (await opened()).forget(sitting.id);
  }

  watch(
    () => [isWaiting(sitting), sitting.view.value?.starts_at] as const,
    ([waits]) => (waits ? void plan() : clearTimeout(timer)),
    { immediate: true },
  );
  watch(sitting.isOver, (isOver) => isOver && void forget().catch(() => undefined), { immediate: true });
  onScopeDispose(() => clearTimeout(timer));

  return { state, toldWithinMs, open, forget };
}

/** The steps are done, the browser is one that is let in, and the start is still to come. */
function isWaiting({ view, isOver }: Sitting): boolean {
  const mayFetch = view.value?.steps.system_checked_at !== null && view.value?.safe_browser !== "NEEDED";
  return view.value?.phase === "WAITING" && mayFetch && !isOver.value;
}

function after(failures: number) {
  return { failures, leftMs: null, random: Math.random() };
}

function isWorthAnotherTry(thrown: unknown): boolean {
  return !(thrown instanceof Refusal) || thrown.isTransient || thrown.code === "preload_not_open";
}
