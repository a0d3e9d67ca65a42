/** What a key means on the paper. Pure: it gets what it must know of the event. */

export type KeyAction =
  { kind: "next" } | { kind: "previous" } | { kind: "flag" } | { kind: "help" } | { kind: "option"; index: number };

export interface Stroke {
  key: string;
  hasModifier: boolean;
  isComposing: boolean;
  /** Where the focus is: typing text, something that arrows move within, or neither. */
  focus: "text" | "own" | "none";
}

const NEXT = new Set(["j", "pagedown", "arrowright", "arrowdown"]);
const PREVIOUS = new Set(["k", "pageup", "arrowleft", "arrowup"]);

/** Return what to do, or null to leave the key to the browser; without `hasCharacters` only arrows and pages do anything. */
export function actionOf({ key, hasModifier, isComposing, focus }: Stroke, hasCharacters = true): KeyAction | null {
  if (hasModifier || isComposing) return null;
  if (!hasCharacters && key.length === 1) return null;
  const name = key.toLowerCase();
  const isPaging = name.startsWith("page");
  if (focus === "text" && !isPaging) return null;
  if (focus === "own" && name.startsWith("arrow")) return null; // a radio group, a crosshair, a row to be ordered
  if (NEXT.has(name)) return { kind: "next" };
  if (PREVIOUS.has(name)) return { kind: "previous" };
  if (name === "f") return { kind: "flag" };
  return name === "?" ? { kind: "help" } : optionOf(name);
}

/** A–H and 1–8 pick the option with that letter or place; F flags, so the sixth option is 6 only. */
function optionOf(name: string): KeyAction | null {
  if (/^[1-8]$/.test(name)) return { kind: "option", index: Number(name) - 1 };
  return /^[a-h]$/.test(name) ? { kind: "option", index: name.charCodeAt(0) - "a".charCodeAt(0) } : null;
}
