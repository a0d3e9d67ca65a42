import { reactive, watch } from "vue";

import { recall, remember } from "./remembered";

export const TEXT_SIZES = ["normal", "large", "larger", "largest"] as const;
export const CONTRASTS = ["normal", "high"] as const;

export type TextSize = (typeof TEXT_SIZES)[number];
export type Contrast = (typeof CONTRASTS)[number];

/** How this person wants the page shown; tokens.css reads data-text and data-contrast of <html>. */
export const display = reactive({
  text: oneOf(TEXT_SIZES, recall("text")),
  contrast: oneOf(CONTRASTS, recall("contrast")),
});

/** Keep the document as `display` says, from now on. */
export function applyDisplay(): void {
  watch(
    display,
    ({ text, contrast }) => {
      Object.assign(document.documentElement.dataset, { text, contrast });
      remember("text", text);
      remember("contrast", contrast);
    },
    { immediate: true },
  );
}

/** Show the page as it was decided for this person, unless something was chosen here before. */
export function offerDisplay(text: TextSize | null, contrast: Contrast): void {
  if (text && recall("text") === null) display.text = text;
  if (contrast === "high" && recall("contrast") === null) display.contrast = contrast;
}

function oneOf<T extends string>(allowed: readonly [T, ...T[]], value: string | null): T {
  return allowed.find((each) => each === value) ?? allowed[0];
}
