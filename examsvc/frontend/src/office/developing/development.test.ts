import { describe, expect, it } from "vitest";

import { evenShares, faultyShares, gapsOf, passed } from "./development";

const TASKS = [
  { number: 1, weight: 40 },
  { number: 2, weight: 15 },
];

describe("the development of a case", () => {
  it.each([
    ["2026-05-12T02:00:00Z", 0],
    ["2026-05-13T02:00:00Z", 0.5],
    ["2026-05-15T02:00:00Z", 1],
  ])("at %s, %s of the time has passed", (server_now, part) => {
    expect(passed({ server_now, started_at: "2026-05-12T02:00:00Z", due_at: "2026-05-14T02:00:00Z" })).toBe(part);
  });

  it("splits a weight evenly to begin with", () => {
    expect(evenShares(TASKS)).toEqual([20, 7]);
  });

  it.each([
    [[40, 0], []],
    [[41, 15], [1]],
    [[-1, 15], [1]],
    [[20, ""], [2]],
    [[20.5, 7], [1]],
  ])("theory shares %j are wrong in %j", (shares, faulty) => {
    expect(faultyShares(TASKS, shares)).toEqual(faulty);
  });

  it("needs items only for theory and practical tasks only for practice", () => {
    const task = { number: 1, name: "", weight: 40, items: 0, practical_tasks: 0, knowledge_points: [{ number: 1, text: "", items: 0 }] };
    expect(gapsOf({ ...task, theory_share: 40, practical_share: 0 })).toEqual({ points: [1], practical: false });
    expect(gapsOf({ ...task, theory_share: 0, practical_share: 40 })).toEqual({ points: [], practical: true });
  });
});
