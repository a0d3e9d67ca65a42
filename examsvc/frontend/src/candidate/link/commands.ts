/** What proctors order, taken once each, whichever way it came. */

import type { Schemas } from "@/api/client";

/** `state` and `closes_at` say how the sitting stands at `server_now`, after the command. */
export type Command = Schemas["ShownCommand"];

const MOST_KEPT = 200;

export class CommandInbox {
  private readonly seen: string[];

  /** `kept` remembers across reloads which commands were shown. */
  constructor(
    private readonly take: (command: Command) => void,
    private readonly kept: { read(): string[]; write(ids: string[]): void },
  ) {
    this.seen = kept.read();
  }

  /** Take a command unless it was taken before; returns whether it was new. */
  receive(command: Command): boolean {
    if (this.seen.includes(command.id)) return false;
    this.seen.push(command.id);
    this.kept.write(this.seen.slice(-MOST_KEPT));
    this.take(command);
    return true;
  }
}

/** Keep the ids in this tab. */
export function keptInSession(sittingId: string) {
  const name = `examsvc.commands.${sittingId}`;
  return {
    read(): string[] {
      try {
        return JSON.parse(sessionStorage.getItem(name) ?? "[]") as string[];
      } catch {
        return [];
      }
    },
    write(ids: string[]): void {
      try {
        sessionStorage.setItem(name, JSON.stringify(ids));
      } catch {
        // Then a command may be shown again after a reload.
      }
    },
  };
}
