import { describe, expect, it } from "vitest";

import { asked, cellKey, dropType, emptyCells, keysOf, noLimits, pointsOf, rowsOf, rulesOf, type WorkTask } from "./blueprint";

const tasks = [1, 2].map((number) => ({ number, theory_share: number === 1 ? 30 : 10, knowledge_points: [] })) as unknown as WorkTask[];

describe("a blueprint's table", () => {
  it("makes rows of the cells that ask for items, in hundredths of a point", () => {
    const cells = emptyCells(tasks);
    cells[cellKey(2, "TRUE_FALSE")] = { count: 4, points: 2.5 };
    expect(rowsOf(cells)).toEqual([{ work_task: 2, type: "TRUE_FALSE", count: 4, points: 250 }]);
    expect(pointsOf(rowsOf(cells), 2)).toBe(1000);
    expect(pointsOf(rowsOf(cells), 1)).toBe(0);
  });

  it("sends cells with their difficulty in the order of its keys, and limits only where there are some", () => {
    const cells = emptyCells(tasks);
    cells[cellKey(1, "NUMERIC", "HARD")] = { count: 2, points: 5 };
    cells[cellKey(2, "TRUE_FALSE")] = { count: 4, points: 2.5 };
    expect(keysOf(cells)).toEqual(["1/NUMERIC/HARD", "2/TRUE_FALSE/ANY"]);
    expect(rulesOf(cells, { ...noLimits(), minutes: 60 })).toEqual({
      cells: [
        { work_task: 1, type: "NUMERIC", points: 500, amount: 2, unit: "COUNT", difficulty: "HARD" },
        { work_task: 2, type: "TRUE_FALSE", points: 250, amount: 4, unit: "COUNT", difficulty: null },
      ],
      minutes: 60,
      policy: { cooldown_days: 0, reserve_percent: 0 },
    });
  });

  it("asks for nothing of a type whose column goes", () => {
    const cells = emptyCells(tasks);
    cells[cellKey(1, "HOTSPOT", "HARD")] = { count: 2, points: 5 };
    cells[cellKey(1, "NUMERIC")] = { count: 1, points: 5 };
    dropType(cells, "HOTSPOT");
    expect(keysOf(cells)).toEqual(["1/NUMERIC/ANY"]);
  });

  it("asks of each work task its share of 100 points", () => {
    expect(tasks.map((task) => asked(tasks, task))).toEqual([7500, 2500]);
  });
});
