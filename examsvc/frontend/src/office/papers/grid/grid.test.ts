import { describe, expect, it } from "vitest";

import type { StockLine, WorkTask } from "../blueprint";
import { askedOf, type At, atOf, type Cells, countIn, keyOf, levelsOf, shownIn, stockAt, storedCells, wireOf, worthOf } from "./cells";
import { columnsOf, groupsOf, inColumn, inLine, inPlace, linesOf } from "./layout";
import { missingOf } from "./missing";

const point = (number: number) => ({ number, text: `P${number}`, knowledge_point_id: String(number) });
const tasks = [
  { number: 1, name: "One", theory_share: 30, knowledge_points: [point(1), point(2)] },
  { number: 2, name: "Two", theory_share: 10, knowledge_points: [point(1)] },
] as unknown as WorkTask[];
const [one, two] = tasks as [WorkTask, WorkTask];

const at = (more: Partial<At>): At => ({ task: 1, point: null, type: "SINGLE_CHOICE", band: "ANY", level: "ANY", ...more });
const cellsOf = (...found: [Partial<At>, number, number][]): Cells =>
  Object.fromEntries(found.map(([where, count, points]) => [keyOf(at(where)), { count, points }]));

describe("cells", () => {
  it("are known by where they stand", () => {
    const where = at({ task: 12, point: 3, type: "NUMERIC", band: "HARD", level: "X" });
    expect(atOf(keyOf(where))).toEqual(where);
    expect(atOf(keyOf(at({})))).toEqual(at({}));
  });

  it("show items, marks or per cent of the same blueprint and take any of them", () => {
    const cell = { count: 12, points: 250 };
    expect(["COUNT", "MARKS", "PERCENT"].map((unit) => shownIn(unit as "COUNT", cell))).toEqual([12, 30, 30]);
    expect([countIn("COUNT", 12, 250), countIn("MARKS", 30, 250), countIn("PERCENT", 30, 250)]).toEqual([12, 12, 12]);
    expect(countIn("MARKS", 10, 300)).toBeCloseTo(10 / 3);
    expect([countIn("COUNT", -1, 100), countIn("MARKS", Number.NaN, 100), countIn("MARKS", 0.3, 10)]).toEqual([0, 0, 3]);
  });

  it("are sent with only what they ask for, and only whole numbers of items", () => {
    const cells = cellsOf([{ task: 2 }, 4, 250], [{ point: 2, band: "HARD", level: "X" }, 2, 500], [{ band: "EASY" }, 10 / 3, 300], [{ type: "NUMERIC" }, 0, 200]);
    expect(wireOf(askedOf(cells))).toEqual([
      { work_task: 1, knowledge_points: [2], type: "SINGLE_CHOICE", difficulty: "HARD", importance: "X", amount: 2, unit: "COUNT", points: 500 },
      { work_task: 2, type: "SINGLE_CHOICE", difficulty: null, importance: null, amount: 4, unit: "COUNT", points: 250 },
    ]);
  });

  it("come back from a stored blueprint, whatever unit it was written in", () => {
    const cell = { work_task: 1, type: "NUMERIC", points: 500 } as const;
    const rules = { cells: [{ ...cell, amount: 2, unit: "COUNT", knowledge_points: [2], difficulty: "HARD" }, { ...cell, amount: 1000, unit: "MARKS" }, { ...cell, amount: 10, unit: "PERCENT" }] } as const;
    const stored = storedCells([], structuredClone(rules) as never);
    expect(stored.map(({ count, point: named, band }) => [count, named, band])).toEqual([[2, 2, "HARD"], [2, null, "ANY"], [2, null, "ANY"]]);
    expect(worthOf(storedCells([{ work_task: 1, type: "NUMERIC", count: 3, points: 100 }], null))).toBe(300);
  });

  it("know what the bank has for them", () => {
    const line = (knowledge_point: number, importance: StockLine["importance"], count: number): StockLine => ({ work_task: 1, knowledge_point, type: "SINGLE_CHOICE", difficulty: "EASY", importance, count });
    const stock = [line(1, "X", 3), line(1, null, 2), line(2, "Z", 5)];
    expect([at({}), at({ point: 1 }), at({ level: "X" }), at({ band: "HARD" }), at({ task: 2 })].map((where) => stockAt(stock, where))).toEqual([10, 5, 3, 0, 0]);
    expect([levelsOf(stock, 1, 1), levelsOf(stock, 1, 2), levelsOf(stock, 2, 1)]).toEqual([["X"], ["Z"], []]);
  });
});

describe("the grid", () => {
  const asked = askedOf(cellsOf([{}, 2, 200], [{ point: 1, band: "HARD" }, 3, 200], [{ task: 2, type: "HOTSPOT" }, 1, 500]));

  it("has a column for each type, parted when asked, and never folds one away that asks for items", () => {
    const plain = columnsOf(["SINGLE_CHOICE", "NUMERIC"], { bands: false, levels: false, onlyAsked: false }, asked);
    expect(plain.map(({ type, band }) => `${type} ${band}`)).toEqual(["SINGLE_CHOICE ANY", "SINGLE_CHOICE HARD", "NUMERIC ANY", "HOTSPOT ANY"]);
    const parted = columnsOf(["NUMERIC"], { bands: true, levels: true, onlyAsked: false }, []);
    expect(parted).toHaveLength(16);
    expect(columnsOf(["NUMERIC"], { bands: true, levels: true, onlyAsked: true }, asked)).toHaveLength(3);
    expect(groupsOf(plain).map(({ type, columns }) => [type, columns.length])).toEqual([["SINGLE_CHOICE", 2], ["NUMERIC", 1], ["HOTSPOT", 1]]);
  });

  it("has a line for each task and, unfolded, for its knowledge points", () => {
    expect(linesOf(tasks, new Set()).map((line) => line.task.number)).toEqual([1, 2]);
    expect(linesOf(tasks, new Set([1])).map((line) => line.point?.number ?? null)).toEqual([null, 1, 2, null]);
  });

  it("sums up lines, columns and what is folded into a task", () => {
    const hard = { type: "SINGLE_CHOICE", band: "HARD", level: "ANY" } as const;
    const [line, below] = [{ task: one, point: null }, { task: one, point: point(1) }];
    expect([worthOf(inLine(asked, line)), worthOf(inLine(asked, below)), worthOf(inColumn(asked, hard))]).toEqual([1000, 600, 600]);
    expect([inPlace(asked, line, hard, true).length, inPlace(asked, line, hard, false).length, inPlace(asked, below, hard, false).length]).toEqual([1, 0, 1]);
  });
});

describe("what is missing", () => {
  it("is told for each task and the whole by points, and for marks that items do not make", () => {
    const asked = askedOf(cellsOf([{}, 25, 200], [{ task: 2 }, 30, 100], [{ task: 2, band: "HARD" }, 10 / 3, 300]));
    const [part, ...others] = missingOf(asked, tasks);
    expect(part?.kind).toBe("part");
    expect(others).toEqual([
      { kind: "task", task: one, by: 2500 },
      { kind: "task", task: two, by: -1500 },
      { kind: "total", by: 1000 },
    ]);
  });

  it("is nothing when every task has its share and the whole is 100", () => {
    expect(missingOf(askedOf(cellsOf([{}, 75, 100], [{ task: 2 }, 25, 100])), tasks)).toEqual([]);
  });
});
