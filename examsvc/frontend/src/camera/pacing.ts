/** How large a frame is, how hard it is pressed, and when the next one follows. Pure. */

export const MOST_BYTES = 64 * 1024;
export const LARGEST = { width: 640, height: 480 };
export const QUALITIES = [0.7, 0.55, 0.4, 0.28] as const;
/** Smaller and smaller until a frame fits: a noisy picture does not compress. */
export const SCALES = [1, 0.75, 0.5] as const;

export const FIRST_MS = 5_000;
export const LEAST_MS = 500;
export const MOST_MS = 60_000;
const AFTER_FAILURE_MS = 10_000;

export interface Size {
  width: number;
  height: number;
}

/** The size to draw a picture at: within the largest, in its own shape, never enlarged. */
export function sizeFor(picture: Size, scale = 1): Size {
  const fit = Math.min(1, LARGEST.width / picture.width, LARGEST.height / picture.height) * scale;
  return { width: Math.max(1, Math.round(picture.width * fit)), height: Math.max(1, Math.round(picture.height * fit)) };
}

/** When the next frame follows, from what the server asked for; failures in a row stretch it. */
export function nextDelay(askedMs: number | null, failures: number): number {
  if (failures > 0) return Math.min(MOST_MS, AFTER_FAILURE_MS * failures);
  const asked = askedMs ?? FIRST_MS;
  return Number.isFinite(asked) ? Math.min(MOST_MS, Math.max(LEAST_MS, asked)) : FIRST_MS;
}
