import { reactive, watch } from "vue";

import { recall, remember } from "./remembered";

export const TEXT_SIZES = ["normal", "large", "larger", "largest"] as const;
export const CONTRASTS = ["normal", "high"] as const;
export const CHARACTER_KEYS = ["on", "off"] as const;

export type TextSize = (typeof TEXT_SIZES)[number];
export type Contrast = (typeof CONTRASTS)[number];
/** Whether single letters, digits and signs do something: who speaks to the machine, or shakes, is better without. */
export type CharacterKeys = (typeof CHARACTER_KEYS)[number];

export interface Display {
  text: TextSize;
  contrast: Contrast;
  keys: CharacterKeys;
}

/** Keeps what somebody chose, by name. */
export type DisplayKeeper = <Name extends keyof Display>(name: Name, value: Display[Name]) => void;

const PLAIN: Readonly<Display> = { text: "normal", contrast: "normal", keys: "on" };

/** How this person wants the page shown; tokens.css reads data-text and data-contrast of <html>. */
export const display = reactive<Display>({ ...PLAIN });

const keptNowhere: DisplayKeeper = () => undefined;
let keeper = keptNowhere;

/** Keep the document as `display` says, from now on. */
export function applyDisplay(): void {
  watch(
    display,
    ({ text, contrast }) => {
      Object.assign(document.documentElement.dataset, { text, contrast });
    },
    { immediate: true },
  );
}

/** Show the page as it was chosen in this browser, and remember here what is chosen: for people on machines of their own. */
export function rememberDisplay(): void {
  display.text = oneOf(TEXT_SIZES, recall("text"));
  display.contrast = oneOf(CONTRASTS, recall("contrast"));
  keeper = remember;
}

/** Have `ours` keep what is chosen; returns what ends that. Without anybody it is kept as long as the page stands. */
export function keepDisplayBy(ours: DisplayKeeper): () => void {
  keeper = ours;
  return () => {
    if (keeper === ours) keeper = keptNowhere;
  };
}

/** Keep what somebody just chose. */
export function keepDisplay(name: keyof Display): void {
  keeper(name, display[name]);
}

/** Show the page as everybody gets it: the next one at this machine has chosen nothing. */
export function resetDisplay(): void {
  Object.assign(display, PLAIN);
}

function oneOf<T extends string>(allowed: readonly [T, ...T[]], value: string | null): T {
  return allowed.find((each) => each === value) ?? allowed[0];
}
