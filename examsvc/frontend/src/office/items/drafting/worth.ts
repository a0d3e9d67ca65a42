/** Return what a share is worth that was written as a decimal or as a fraction ("1/3"); NaN for anything else. */
export function worthOf(text: string): number {
  const [above, below = "1", ...more] = text.trim().split("/");
  return more.length > 0 || !above?.trim() || !below.trim() ? Number.NaN : Number(above) / Number(below);
}
