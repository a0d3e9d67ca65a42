import { computed, type ComputedRef, onScopeDispose, type Ref, shallowRef, watch } from "vue";

import { api, type Schemas, take } from "@/api/client";

import type { Rules, Supply } from "./blueprint";
import { type Asked, isWhole, keyOf } from "./grid/cells";

const PAUSE = 400; // milliseconds without typing before the bank is asked
export type Feasibility = Schemas["FeasibilityView"];

/** What the bank has for the cells as they are typed; what it said of the cells before stays until it answers. */
export function useFeasibility(
  bankId: string,
  asked: ComputedRef<readonly Asked[]>,
  rules: ComputedRef<Rules>,
): { told: Readonly<Ref<Feasibility | null>>; failure: Readonly<Ref<unknown>>; supplies: ComputedRef<Record<string, Supply>> } {
  const told = shallowRef<Feasibility | null>(null);
  const keys = shallowRef<string[]>([]);
  const failure = shallowRef<unknown>(null);
  let timer = 0;
  let latest = 0;

  async function ask(): Promise<void> {
    const mine = ++latest;
    const sent = asked.value.filter(isWhole).map(keyOf);
    try {
      const params = { path: { bank_id: bankId } };
      const body = rules.value;
      const found = sent.length > 0 ? await take(api.POST("/api/banks/{bank_id}/blueprints/feasibility", { params, body })) : null;
      if (mine !== latest) return;
      [told.value, keys.value, failure.value] = [found, sent, null];
    } catch (thrown) {
      if (mine === latest) failure.value = thrown;
    }
  }

  watch(
    () => JSON.stringify(rules.value), // names alone, or an unfinished rule, are nothing to ask about
    () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), PAUSE);
    },
  );
  onScopeDispose(() => window.clearTimeout(timer));
  const supplies = computed(() =>
    Object.fromEntries((told.value?.cells ?? []).map((supply, place) => [keys.value[place] ?? "", supply])),
  );
  return { told, failure, supplies };
}
