import type { TimelineEntry } from "../types";

/** An entry as it is shown; pictures that were kept one after the other for the same reason stand together. */
export interface Group {
  entry: TimelineEntry;
  pictures: TimelineEntry[];
}

export function grouped(entries: readonly TimelineEntry[]): Group[] {
  const groups: Group[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.type === "SNAPSHOT" && last?.entry.type === "SNAPSHOT" && last.entry.kind === entry.kind) last.pictures.push(entry);
    else groups.push({ entry, pictures: entry.type === "SNAPSHOT" ? [entry] : [] });
  }
  return groups;
}
