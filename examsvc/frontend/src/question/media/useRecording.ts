/** A recording: begun plays are counted, and nobody goes back or ahead in one that may be played only so often. */

import { computed, onScopeDispose, ref, type Ref, watch } from "vue";

import { begun, ended, mayPlay, playsLeft, reached } from "../rules/playing";
import type { Medium } from "../types";
import type { MediaSource } from "./source";

/** A jump this far from where it was is somebody's seeking. */
const JUMP_SECONDS = 1.5;

export function useRecording(
  element: Readonly<Ref<HTMLMediaElement | null>>,
  medium: () => Medium,
  logName: () => string,
  media: () => MediaSource,
) {
  const most = computed(() => medium().plays ?? null);
  const played = ref(media().plays.read(logName()));
  const url = ref<string | null>(null);
  const isPlaying = ref(false);
  const isLoading = ref(false);
  const hasFailed = ref(false);
  const seconds = ref(0);
  const left = computed(() => playsLeft(played.value, most.value));
  const canPlay = computed(() => mayPlay(played.value, most.value));
  let goesOn = false;

  function keep(now: typeof played.value): void {
    const isNews = now.used !== played.value.used || Math.floor(now.at ?? -1) !== Math.floor(played.value.at ?? -1);
    played.value = now;
    if (isNews) media().plays.write(logName(), now);
  }

  /** Play, or go on; does nothing when every play is used. */
  async function play(): Promise<void> {
    if (!canPlay.value || media().isHeld()) return;
    isLoading.value = true;
    hasFailed.value = false;
    try {
      url.value ??= await media().load(medium().digest);
      await settled();
      await element.value?.play();
    } catch {
      hasFailed.value = true;
    } finally {
      isLoading.value = false;
    }
  }

  /** Wait until the element has the file, then stand where the play under way has come to. */
  async function settled(): Promise<void> {
    const player = element.value;
    if (!player) return;
    if (player.getAttribute("src") !== url.value) player.src = url.value!;
    if (player.readyState < HTMLMediaElement.HAVE_METADATA) await once(player, "loadedmetadata");
    seconds.value = player.duration;
    if (played.value.at !== null) player.currentTime = played.value.at;
  }

  const pause = (): void => element.value?.pause();

  const listeners = {
    // Keys of the keyboard and the system's own controls reach the element too.
    play: () => void ((canPlay.value && !media().isHeld()) || pause()),
    playing: () => {
      isPlaying.value = true;
      keep(begun(played.value));
    },
    pause: () => (isPlaying.value = false),
    timeupdate: () => isPlaying.value && keep(reached(played.value, element.value?.currentTime ?? 0)),
    ended: () => {
      isPlaying.value = false;
      keep(ended(played.value));
    },
    seeking: () => {
      const [player, { at }] = [element.value, played.value];
      const isFree = most.value === null || at === null;
      if (player && !isFree && Math.abs(player.currentTime - at) > JUMP_SECONDS) player.currentTime = at;
    },
    ratechange: () => {
      const player = element.value;
      if (player && most.value !== null && player.playbackRate !== 1) player.playbackRate = 1;
    },
  };

  watch(
    () => media().isHeld(),
    (isHeld) => {
      if (isHeld) {
        goesOn = isPlaying.value;
        pause();
      } else if (goesOn) void element.value?.play();
    },
  );
  onScopeDispose(pause);

  return { listeners, isPlaying, isLoading, hasFailed, left, canPlay, played, seconds, play, pause };
}

function once(player: HTMLMediaElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    player.addEventListener(name, () => resolve(), { once: true });
    player.addEventListener("error", () => reject(new Error("The recording cannot be played.")), { once: true });
  });
}
