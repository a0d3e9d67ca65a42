import { computed, ref, watch } from "vue";

import { attention, byAttention, bySeat, held, HOLD_MS, isOutOfOrder, type Level } from "../rules/attention";
import { roomsOf } from "../rules/rooms";
import { type CameraState, cameraState, expectedMs } from "../rules/camera";
import type { Tile } from "../types";
import type { WallView } from "./useWall";

export const SIZES = [12, 24, 36] as const;
export type Sorting = "attention" | "seat";

/** A tile with what follows from it now. */
export interface Shown {
  tile: Tile;
  age: number | null;
  camera: CameraState;
  level: Level;
}

/** Which tiles are on the page, in which order. The order stands still under the pointer and the focus. */
export function useArrangement(wall: WallView, seen: ReadonlyMap<string, string>, opened: () => string | null) {
  const search = ref("");
  const size = ref<(typeof SIZES)[number]>(24);
  const sorting = ref<Sorting>("attention");
  const onlyOutOfOrder = ref(false);
  const roomId = ref("");
  const page = ref(0);
  const isHeld = ref(false);
  const order = ref<string[]>([]);
  let orderedAt = -Infinity;

  const all = computed((): Map<string, Shown> => {
    const health = wall.state.health?.health ?? 0;
    const rule = wall.state.examSession?.camera_rule ?? "OPTIONAL";
    return new Map([...wall.tiles].map(([id, tile]) => [id, shownOf(tile, rule, expectedMs(opened() === id, health))]));
  });

  function shownOf(tile: Tile, rule: string, expected: number): Shown {
    const age = wall.ageOf(tile);
    const camera = cameraState(tile, rule, age, expected);
    return { tile, age, camera, level: attention(tile, camera, seen.get(tile.sitting_id)) };
  }

  function sort(): void {
    const level = (tile: Tile): Level => all.value.get(tile.sitting_id)?.level ?? "calm";
    const tiles = [...wall.tiles.values()].sort(sorting.value === "seat" ? bySeat : byAttention(level));
    order.value = tiles.map((tile) => tile.sitting_id);
    orderedAt = performance.now();
  }

  watch(sorting, sort);
  watch(all, () => {
    const mayChange = !isHeld.value && performance.now() - orderedAt >= HOLD_MS;
    if (mayChange) sort();
    else if (order.value.length !== wall.tiles.size) order.value = held(order.value, [...wall.tiles.keys()]);
  });

  const matching = computed(() => order.value.flatMap((id) => all.value.get(id) ?? []).filter(matches));
  const pages = computed(() => Math.max(1, Math.ceil(matching.value.length / size.value)));
  const current = computed(() => Math.min(page.value, pages.value - 1));
  const shown = computed(() => matching.value.slice(current.value * size.value, (current.value + 1) * size.value));

  function matches({ tile, level }: Shown): boolean {
    if (roomId.value && tile.room?.id !== roomId.value) return false;
    if (onlyOutOfOrder.value && !isOutOfOrder(tile, level)) return false;
    const text = search.value.trim().toLowerCase();
    if (!text) return true;
    return /^\d{1,3}$/.test(text)
      ? tile.seat_number === Number(text)
      : `${tile.name} ${tile.ticket_number} ${tile.seat_label} ${tile.room?.name ?? ""}`.toLowerCase().includes(text);
  }

  /** The rooms of the exam session by number, and the one that is looked at. */
  const rooms = computed(() => roomsOf(wall.tiles.values()));
  const room = computed(() => rooms.value.find(({ id }) => id === roomId.value) ?? null);

  watch([search, onlyOutOfOrder, size, roomId], () => (page.value = 0));
  return { search, size, roomId, rooms, room, sorting, onlyOutOfOrder, page, current, pages, isHeld, all, matching, shown };
}

export type Arrangement = ReturnType<typeof useArrangement>;
