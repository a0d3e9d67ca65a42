/** How a journal stands, as its page shows it. */

import type { Delivery } from "./delivery";
import type { SafeDisk } from "./disk";
import type { Drafts } from "./drafts";
import type { Ledger } from "./ledger";
import type { Lines } from "./lines";
import type { Marks } from "./marks";
import type { JournalStatus } from "./surroundings";

interface Parts {
  ledger: Ledger;
  drafts: Drafts;
  delivery: Delivery;
  disk: SafeDisk;
  lines: Lines;
  marks: Marks;
}

export function statusOf({ ledger, drafts, delivery, disk, lines, marks }: Parts): JournalStatus {
  return {
    unsaved: new Set([...ledger.unsyncedRefs(), ...drafts.refs()]).size,
    isReachable: delivery.isReachable,
    halt: delivery.halt,
    isDurable: disk.isDurable,
    superseded: new Set(lines.asideBecause("superseded").map((entry) => entry.item_ref)).size,
    refused: lines.asideBecause("refused").length,
    handInAt: marks.handInAt,
  };
}
