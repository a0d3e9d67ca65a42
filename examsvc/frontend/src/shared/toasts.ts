import { reactive, readonly } from "vue";

import type { Tone } from "./icons";

export interface Toast {
  id: number;
  tone: Tone;
  text: string;
}

const STAYS_MS = 6_000;
const shown = reactive<Toast[]>([]);
let lastId = 0;

export const toasts = readonly(shown);

/** Say something in passing. Bad news stays until it is dismissed. */
export function toast(tone: Tone, text: string): void {
  const id = ++lastId;
  shown.push({ id, tone, text });
  if (tone !== "bad") setTimeout(() => dismiss(id), STAYS_MS);
}

export function dismiss(id: number): void {
  const index = shown.findIndex((each) => each.id === id);
  if (index >= 0) shown.splice(index, 1);
}
