import { describe, expect, it } from "vitest";

import type { SittingView } from "../types";
import type { Command } from "./commands";
import { changedBy, standingBy } from "./standing";
import { commandFor } from "./testing";

const AT = Date.parse("2026-11-23T01:00:00Z");
const at = (seconds: number): string => new Date(AT + seconds * 1_000).toISOString();

const command = (part: Partial<Command>): Command => ({ ...commandFor("a", at(0)), ...part });
const phaseBy = (part: Partial<Command>, knownAt = 0, now = 0) => standingBy(command(part), { server_now: at(knownAt) }, AT + now * 1_000)?.phase;

describe("what a command says of a sitting", () => {
  it("is the phase that the server tells, never one that follows from the state", () => {
    expect(phaseBy({ kind: "MOVE_START", state: "IN_PROGRESS", phase: "WAITING", starts_at: at(600) })).toBe("WAITING");
    expect(phaseBy({ kind: "EXTEND", state: "IN_PROGRESS", phase: "ON_BREAK" })).toBe("ON_BREAK");
    expect(phaseBy({ kind: "CREDIT", state: "IN_PROGRESS", phase: "WAITING", starts_at: at(600) })).toBe("WAITING");
    expect(phaseBy({ kind: "PAUSE", state: "PAUSED", phase: "PAUSED" })).toBe("PAUSED");
    expect(phaseBy({ kind: "RESUME", phase: "OPEN" })).toBe("OPEN");
  });

  it("opens nothing when it is late or something later is known", () => {
    expect(phaseBy({ phase: "OPEN" }, 0, 6)).toBeUndefined();
    expect(phaseBy({ phase: "OPEN" }, 1)).toBeUndefined();
    expect(phaseBy({ phase: "ON_BREAK" }, 1)).toBeUndefined();
  });

  it("hides the paper however late a moved start or something later was heard", () => {
    expect(phaseBy({ phase: "WAITING", starts_at: at(600) }, 1, 60)).toBe("WAITING");
    expect(phaseBy({ phase: "PAUSED", state: "PAUSED" }, 1)).toBe("PAUSED");
  });

  it("is nothing once the start has come, or when the sitting is over", () => {
    expect(phaseBy({ phase: "WAITING", starts_at: at(-1) })).toBeUndefined();
    expect(phaseBy({ phase: "OVER", state: "TERMINATED" })).toBeUndefined();
  });
});

it("a changed accommodation is told by what it gives otherwise", () => {
  const known = { extra_seconds: 0, break_seconds_left: 0, display: { text_size: null, high_contrast: false } } as unknown as SittingView;
  expect(changedBy(command({}), known)).toEqual([]);
  expect(changedBy(command({ phase: "ON_BREAK", break_seconds_left: 30 }), { ...known, break_seconds_left: 60 })).toEqual([]);
  expect(changedBy(command({ extra_seconds: 600, break_seconds_left: 300 }), known)).toEqual(["time", "break"]);
  expect(changedBy(command({ display: { text_size: "LARGE", high_contrast: false } }), known)).toEqual(["display"]);
  expect(changedBy(command({ display: { text_size: null, high_contrast: true } }), known)).toEqual(["display"]);
});
