import { describe, expect, it } from "vitest";

import { CommandInbox } from "./commands";
import { commandFor } from "./testing";

const command = (id: string) => commandFor(id, "2026-11-23T01:00:00Z");

describe("the inbox of commands", () => {
  it("takes each once, whichever way it came, also after a reload", () => {
    const taken: string[] = [];
    let ids: string[] = [];
    const kept = { read: () => ids, write: (now: string[]) => (ids = [...now]) };
    const first = new CommandInbox(({ id }) => taken.push(id), kept);
    expect(first.receive(command("a"))).toBe(true);
    expect(first.receive(command("a"))).toBe(false);
    const reloaded = new CommandInbox(({ id }) => taken.push(id), kept);
    expect(reloaded.receive(command("a"))).toBe(false);
    expect(reloaded.receive(command("b"))).toBe(true);
    expect(taken).toEqual(["a", "b"]);
  });
});
