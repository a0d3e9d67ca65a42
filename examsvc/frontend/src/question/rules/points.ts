/** Points are kept in hundredths; people read 2 or 2.5. */
export function points(hundredths: number): string {
  return String(hundredths / 100);
}
