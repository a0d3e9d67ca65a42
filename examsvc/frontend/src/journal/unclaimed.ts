/**
 * How lines are numbered before the sitting is claimed. Several pages of one browser may write to one disk then, and none
 * hears of the others: so a number says when its line was written, in hundredths of a second of the day, and then which page
 * wrote it, by two digits that each page draws for itself. No page overwrites another's line, and the later one counts as
 * later. Pure.
 */

/** The epoch of what is written before the sitting is claimed. */
export const UNCLAIMED = 0;

const PAGES = 100;
const HUNDREDTH_MS = 10;
const DAY_MS = 86_400_000;
/** The numbers begin again four hours before midnight in Greenwich: at four in Shanghai, when nobody sits an exam. */
const DAY_BEGAN_MS = 14_400_000;

/** The digits of a page, 1 to 99, from a number in [0, 1). */
export function pageDigits(random: number): number {
  return 1 + Math.floor(random * (PAGES - 1));
}

/** The number of a page's line written at that instant, always after the page's last one. */
export function unclaimedSeq(lastSeq: number, at: Date, digits: number): number {
  const hundredths = Math.floor(((at.getTime() + DAY_BEGAN_MS) % DAY_MS) / HUNDREDTH_MS);
  const seq = hundredths * PAGES + digits;
  return seq > lastSeq ? seq : seq + PAGES * (Math.floor((lastSeq - seq) / PAGES) + 1);
}
