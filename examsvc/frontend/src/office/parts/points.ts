/** Points come as whole hundredths. A score always shows a decimal: 60.0, 83.25; nothing at all is a dash. */
export function score(hundredths: number | null | undefined): string {
  if (hundredths === null || hundredths === undefined) return "—";
  return (hundredths / 100).toFixed(hundredths % 10 === 0 ? 1 : 2);
}

/** What a question is worth: 2, 2.5. */
export function points(hundredths: number): string {
  return String(hundredths / 100);
}
