import { type Component, defineAsyncComponent } from "vue";

import type { ItemType } from "../wording";
import BlanksKey from "./BlanksKey.vue";
import ChoiceKey from "./ChoiceKey.vue";
import GapsKey from "./GapsKey.vue";
import NumericKey from "./NumericKey.vue";
import OrderKey from "./OrderKey.vue";
import PairsKey from "./PairsKey.vue";
import TruthKey from "./TruthKey.vue";
import WrittenKey from "./WrittenKey.vue";

/** What shows the key of each type to who may read it; all take the `body`. */
export const KEY_VIEWS: Readonly<Record<ItemType, Component>> = {
  SINGLE_CHOICE: ChoiceKey,
  MULTIPLE_CHOICE: ChoiceKey,
  TRUE_FALSE: TruthKey,
  FILL_IN: BlanksKey,
  NUMERIC: NumericKey,
  INLINE_CHOICE: GapsKey,
  ORDERING: OrderKey,
  MATCHING: PairsKey,
  HOTSPOT: defineAsyncComponent(() => import("../hotspots/HotspotKey.vue")),
  SHORT_ANSWER: WrittenKey,
  EXTENDED_ANSWER: WrittenKey,
  COMPOSITE: defineAsyncComponent(() => import("./CompositeKey.vue")),
};
