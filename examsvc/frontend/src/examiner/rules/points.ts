/** Hundredths of a point as people read them: 40, 2.5, 0.25. Pure. */
export function points(hundredths: number): string {
  return String(hundredths / 100);
}

/** A deduction, with a true minus: −5; nothing taken off is 0. */
export function taken(hundredths: number): string {
  return hundredths === 0 ? "0" : `−${points(hundredths)}`;
}

/** The short form of a digest that two people can compare by eye: its first 16 digits in groups of four. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ");
}
