/** The code of a spare machine that the tablet's camera has read, until a candidate is named or it is too old. */

import { readonly, ref } from "vue";

const VALID_MS = 90_000;
const code = ref("");
let timer: ReturnType<typeof setTimeout> | undefined;

export const spareCode = readonly(code);

export function rememberSpare(read: string): void {
  code.value = read;
  clearTimeout(timer);
  if (read) timer = setTimeout(() => (code.value = ""), VALID_MS);
}

export const forgetSpare = (): void => rememberSpare("");
