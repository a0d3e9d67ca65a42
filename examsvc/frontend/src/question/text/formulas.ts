/** Formulas, set by KaTeX as MathML: the browser draws it with its own fonts, screen readers read it aloud. */

import type { KatexOptions } from "katex";

type Katex = typeof import("katex").default;

/** `trust: false`: no links, no pictures, no styles of the text's own. The limits keep a hostile formula small. */
const OPTIONS: KatexOptions = {
  output: "mathml",
  throwOnError: true,
  trust: false,
  strict: "ignore",
  maxSize: 20,
  maxExpand: 500,
};

let katex: Katex | null = null;

/** Fetch KaTeX, so that later formulas are drawn at once and without a network. */
export async function loadFormulas(): Promise<void> {
  katex ??= (await import("katex")).default;
}

/** Draw a formula into an element; returns false, and leaves the element alone, before KaTeX is there or when it is bad. */
export function drawFormula(element: HTMLElement, source: string, isDisplay: boolean): boolean {
  if (!katex) return false;
  try {
    const drawn = document.createElement("span");
    katex.render(source, drawn, { ...OPTIONS, displayMode: isDisplay });
    element.replaceChildren(...drawn.childNodes);
    return true;
  } catch {
    return false;
  }
}
