import { computed, onScopeDispose, reactive, ref, shallowReactive } from "vue";

import { serverClock } from "@/time/serverClock";

import type { PackedFrame } from "../rules/framePack";
import type { Alert, Health, Tile, WatchedSession } from "../types";
import { FrameFeed, type Wanted } from "./FrameFeed";
import { WallLink } from "./WallLink";

const TICK_MS = 1_000;

/** Everything a wall knows, kept up to date while the page is shown. `wanted` says whose frames are looked at. */
export function useWall(examSessionId: string, wanted: () => Wanted, alerted: (alert: Alert) => void) {
  const state = reactive({
    examSession: null as WatchedSession | null,
    /** Lets a candidate out of Safe Exam Browser; null where it is not needed. */
    quitPassword: null as string | null,
    health: null as Health | null,
    isConnected: false,
    refusal: null as unknown,
    pullMs: null as number | null,
    failedPulls: 0,
  });
  const tiles = shallowReactive(new Map<string, Tile>());
  const frames = shallowReactive(new Map<string, PackedFrame>());
  const now = ref<number | null>(serverClock.now());

  const link = new WallLink(examSessionId, {
    whole(wall) {
      state.examSession = wall.exam_session;
      state.quitPassword = wall.quit_password;
      state.health = wall.health;
      state.refusal = null;
      tiles.clear();
      for (const tile of wall.tiles) tiles.set(tile.sitting_id, tile);
      now.value = serverClock.now();
    },
    tiles(message) {
      state.health = message.health;
      for (const tile of message.tiles) tiles.set(tile.sitting_id, tile);
    },
    alert: alerted,
    connected: (isConnected) => (state.isConnected = isConnected),
    refused: (thrown) => (state.refusal = thrown),
  });
  const feed = new FrameFeed(
    wanted,
    (since, asked) => link.fetchPack(since, asked),
    (frame) => {
      const shown = frames.get(frame.sittingId);
      if (!shown || shown.receivedAt <= frame.receivedAt) frames.set(frame.sittingId, frame);
    },
    ({ tookMs }) => {
      state.pullMs = tookMs ?? state.pullMs;
      state.failedPulls = tookMs === null ? state.failedPulls + 1 : 0;
    },
  );
  const timer = setInterval(() => (now.value = serverClock.now()), TICK_MS);
  void link.fetch().then(() => feed.start());
  onScopeDispose(() => {
    clearInterval(timer);
    feed.stop();
    link.close();
  });

  /** Age of the newest frame known in milliseconds: of the picture here, or of one that the server has. */
  function ageOf(tile: Tile): number | null {
    if (now.value === null) return null;
    const shown = frames.get(tile.sitting_id)?.receivedAt;
    const known = tile.frame_at ? Date.parse(tile.frame_at) : undefined;
    const newest = Math.max(shown ?? 0, known ?? 0);
    return newest ? Math.max(0, now.value - newest) : null;
  }

  return { state, tiles, frames, now, ageOf, isReady: computed(() => state.examSession !== null), refresh: () => link.fetch() };
}

export type WallView = ReturnType<typeof useWall>;
