import { type Component, defineAsyncComponent } from "vue";

import type { ItemType } from "../wording";
import BlanksEditor from "./BlanksEditor.vue";
import ChoiceEditor from "./ChoiceEditor.vue";
import GapsEditor from "./GapsEditor.vue";
import NumericEditor from "./NumericEditor.vue";
import OrderEditor from "./OrderEditor.vue";
import PairsEditor from "./PairsEditor.vue";
import TruthEditor from "./TruthEditor.vue";
import WrittenEditor from "./WrittenEditor.vue";

/** What edits the options and the key of each type; all take the body as their model, and `error-of`. */
export const EDITORS: Readonly<Record<ItemType, Component>> = {
  SINGLE_CHOICE: ChoiceEditor,
  MULTIPLE_CHOICE: ChoiceEditor,
  TRUE_FALSE: TruthEditor,
  FILL_IN: BlanksEditor,
  NUMERIC: NumericEditor,
  INLINE_CHOICE: GapsEditor,
  ORDERING: OrderEditor,
  MATCHING: PairsEditor,
  HOTSPOT: defineAsyncComponent(() => import("../hotspots/HotspotEditor.vue")),
  SHORT_ANSWER: WrittenEditor,
  EXTENDED_ANSWER: WrittenEditor,
  COMPOSITE: defineAsyncComponent(() => import("./CompositeEditor.vue")),
};
