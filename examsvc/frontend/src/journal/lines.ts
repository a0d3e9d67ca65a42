/** All lines known of a sitting: those of its epoch in memory, those that stand aside, and what is on disk. */

import type { SafeDisk } from "./disk";
import { byOrder, countsOf, type Entry, type EpochCount, keyOf, type SetAside } from "./entries";

export class Lines {
  private aside: Entry[] = [];

  /** `live` gives the lines of the epoch in memory. */
  constructor(
    private readonly disk: SafeDisk,
    private readonly live: () => readonly Entry[],
  ) {}

  /** Every line, on disk and in memory, confirmed or not; memory knows better. */
  async all(): Promise<Entry[]> {
    const found = new Map((await this.disk.all()).map((entry) => [keyOf(entry), entry]));
    for (const entry of [...this.live(), ...this.aside]) found.set(keyOf(entry), entry);
    return [...found.values()].sort(byOrder);
  }

  /** The lines that the server never confirmed, those that stand aside too. */
  async unconfirmed(): Promise<Entry[]> {
    return (await this.all()).filter((entry) => !entry.acknowledged);
  }

  /** How far this machine wrote in each epoch, and how far the server confirmed it. */
  async counts(): Promise<EpochCount[]> {
    return countsOf(await this.all());
  }

  /** The same of what this page has in memory, at once: a page that goes away has no time for its disk. */
  countsInMemory(): EpochCount[] {
    return countsOf([...this.aside, ...this.live()]);
  }

  /** The lines of the epoch in memory that are none of the known ones. */
  writtenSince(known: readonly Entry[]): Entry[] {
    const keys = new Set(known.map(keyOf));
    return this.live().filter((entry) => !keys.has(keyOf(entry)));
  }

  /** What stands aside from now on is exactly this. */
  standAside(entries: readonly Entry[]): void {
    this.aside = [...entries];
  }

  /** The server would not take the line: keep it, and send it no more. */
  refuse(entry: Entry): void {
    entry.set_aside = "refused";
    this.aside.push(entry);
    void this.disk.write([entry]);
  }

  asideBecause(reason: SetAside): Entry[] {
    return this.aside.filter((entry) => entry.set_aside === reason);
  }
}
