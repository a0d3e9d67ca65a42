import { describe, expect, it } from "vitest";

import { asked, isShare, type WorkTask } from "./blueprint";

const tasksOf = (...shares: number[]): WorkTask[] =>
  shares.map((theory_share, place) => ({ number: place + 1, theory_share, knowledge_points: [] })) as unknown as WorkTask[];

describe("the points of a work task", () => {
  it("are its share of 100", () => {
    const tasks = tasksOf(30, 10);
    expect(tasks.map((task) => asked(tasks, task))).toEqual([7500, 2500]);
    expect([isShare(7500, 7500), isShare(7499, 7500)]).toEqual([true, false]);
  });

  it("are less than a point away where no hundredths are exact, as of three equal tasks", () => {
    const tasks = tasksOf(20, 20, 20);
    const wanted = asked(tasks, tasks[0] as WorkTask);
    expect([3300, 3333, 3400, 3200, 3434].map((points) => isShare(points, wanted))).toEqual([true, true, true, false, false]);
  });
});
