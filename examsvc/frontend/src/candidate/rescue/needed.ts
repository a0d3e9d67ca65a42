/**
 * Which lines a rescue file needs. Pure.
 *
 * Each line holds its whole answer, so that a long text that was typed for an hour outgrows any file. Left out is what
 * the server has confirmed and a later confirmed line of the same question has replaced: a signed receipt goes with the
 * file, and its chain holds everything confirmed before. What stays is every line that nobody confirmed, whatever came
 * after it, and the last confirmed one of each question: should the server have lost them all, the file has what stood.
 */

import { byOrder, type Entry } from "@/journal/entries";

export function neededLines(lines: readonly Entry[], receipt: string | null): Entry[] {
  const ordered = [...lines].sort(byOrder);
  if (receipt === null) return ordered;
  const confirmed = ordered.filter((line) => line.acknowledged);
  const standing = new Set(new Map(confirmed.map((line) => [line.item_ref, line])).values());
  return ordered.filter((line) => !line.acknowledged || standing.has(line));
}
