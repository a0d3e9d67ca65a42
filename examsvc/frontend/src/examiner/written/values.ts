/** Values a marker may give, in hundredths of a point. Pure. */

const MOST_BUTTONS = 21;

/** The values shown as buttons: every permitted one where they are few, else a wider step that includes the most. */
export function buttonValues(most: number, step: number): number[] {
  const wide = step * Math.max(1, Math.ceil(most / step / (MOST_BUTTONS - 1)));
  const values = Array.from({ length: Math.floor(most / wide) + 1 }, (_, number) => number * wide);
  return values.at(-1) === most ? values : [...values, most];
}

/** What was typed as hundredths; null for what is no permitted value. */
export function typedValue(text: string, most: number, step: number): number | null {
  if (!/^\d{1,3}([.。．]\d{1,2})?$/u.test(text.trim())) return null;
  const value = Math.round(Number(text.trim().replace(/[。．]/u, ".")) * 100);
  return value <= most && (value % step === 0 || value === most) ? value : null;
}

/** The next line without a mark after the current one, from the top again at the end; null when all are marked. */
export function nextUnmarked<Line extends { answer_id: string; value: number | null }>(
  lines: readonly Line[],
  current: string | null,
): Line | null {
  const at = lines.findIndex((line) => line.answer_id === current);
  const around = [...lines.slice(at + 1), ...lines.slice(0, at + 1)];
  return around.find((line) => line.value === null && line.answer_id !== current) ?? null;
}
