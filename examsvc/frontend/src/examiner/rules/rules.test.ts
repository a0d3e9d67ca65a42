import { describe, expect, it } from "vitest";

import type { Criterion, SheetLine } from "../types";
import { blocksOf, inlinesOf } from "./markdown";
import { points, shortDigest, taken } from "./points";
import { byCandidate, neighbours, progressOf } from "./progress";
import { ink, MOST_POINTS, pathOf, strokesOf } from "@/shared/signature/strokes";
import { byKind, lowestMarks, runningTotal } from "./totals";

const criterion = (number: number, kind: Criterion["kind"], ...values: number[]): Criterion => {
  return { number, kind, text: "", guidance: "", most: Math.max(...values), values: values.map((value) => ({ value, text: "" })) };
};
const CRITERIA = [
  criterion(1, "MEASUREMENT", 0, 20_00, 40_00),
  criterion(2, "JUDGEMENT", 0, 30_00, 60_00),
  criterion(3, "DEDUCTION", 0, 5_00, 10_00),
  criterion(4, "VETO", 0),
];
const marks = (...values: (number | null)[]) =>
  new Map(
    values.flatMap((value, index) =>
      value === null ? [] : [[index + 1, { criterion: index + 1, value, note: "" }] as const],
    ),
  );

describe("the running total", () => {
  it.each([
    [marks(), 0, [1, 2, 3, 4]],
    [marks(40_00), 40_00, [2, 3, 4]],
    [marks(40_00, 60_00, 5_00, 0), 95_00, []],
    [marks(0, 0, 10_00, 0), 0, []],
    [marks(40_00, 60_00, 0, 1), 0, []],
  ])("of %o is %i", (given, total, missing) => {
    expect(runningTotal(CRITERIA, given)).toMatchObject({ total, missing, most: 100_00, marked: 4 - missing.length });
  });

  it("says when a veto is why there is nothing", () => {
    expect(runningTotal(CRITERIA, marks(0, 0, 0, 1)).vetoed).toBe(true);
    expect(runningTotal(CRITERIA, marks(0, 0, 0, 0)).vetoed).toBe(false);
  });

  it("of somebody who did not come is nothing, without a veto", () => {
    const lowest = new Map(lowestMarks(CRITERIA).map((mark) => [mark.criterion, { ...mark, note: "" }]));
    expect(runningTotal(CRITERIA, lowest)).toMatchObject({ total: 0, vetoed: false, missing: [] });
  });
});

describe("a sheet", () => {
  it("shows its criteria by kind and leaves out kinds that it does not have", () => {
    expect(byKind(CRITERIA.slice(1, 3).reverse()).map((group) => group.kind)).toEqual(["JUDGEMENT", "DEDUCTION"]);
  });
});

describe("points", () => {
  it("are read without idle zeros", () => {
    expect([points(40_00), points(2_50), points(25), taken(5_00), taken(0)]).toEqual(["40", "2.5", "0.25", "−5", "0"]);
  });

  it("of a digest are its first 16 digits in fours", () => {
    expect(shortDigest("0123456789abcdef0000")).toBe("0123 4567 89ab cdef");
  });
});

describe("progress", () => {
  const line = (candidate_number: string, number: number, marked = 0): SheetLine => {
    const practical_task = { code: `P${number}`, title: "", number };
    return { sheet_id: `${candidate_number}-${number}`, candidate_number, practical_task, state: "OPEN", marked, criteria: 4, total: null };
  };
  const lines = [line("1", 1), line("1", 2), line("2", 1), line("2", 2), line("5", 1), line("5", 2)];

  it("is a word for each step", () => {
    const words = [line("1", 1, 0), line("1", 1, 3), line("1", 1, 4), { ...line("1", 1, 4), state: "SIGNED" as const }].map(progressOf);
    expect(words).toEqual(["untouched", "started", "complete", "signed"]);
  });

  it("is listed by candidate", () => {
    expect(byCandidate(lines).map((row) => [row.candidate_number, row.sheets.length])).toEqual([
      ["1", 2],
      ["2", 2],
      ["5", 2],
    ]);
  });

  it("goes on with the same task of the next candidate", () => {
    expect(neighbours(lines, "2-2")).toMatchObject({ before: { sheet_id: "1-2" }, after: { sheet_id: "5-2" } });
    expect(neighbours(lines, "1-1").before).toBeNull();
    expect(neighbours(lines, "5-1").after).toBeNull();
    expect(neighbours(lines, "gone")).toEqual({ before: null, after: null });
  });
});

describe("a signature", () => {
  const drawn = (count: number) => [{ points: Array.from({ length: count }, (_, index) => ({ x: index, y: 10, time: 500 + index })) }];

  it("is scaled to the pad that the server keeps, from the first moment on", () => {
    expect(strokesOf([{ points: [{ x: 50, y: 20, time: 500 }, { x: 600, y: 250, time: 516 }] }], 500)).toEqual([
      [
        [100, 40, 0],
        [1000, 400, 16],
      ],
    ]);
  });

  it("stays within what the server takes", () => {
    const strokes = strokesOf([...drawn(20_000), ...drawn(3)], 500);
    expect(strokes.flat().length).toBeLessThanOrEqual(MOST_POINTS);
    expect(strokesOf(Array.from({ length: 300 }, () => drawn(2)[0]!), 500)).toHaveLength(200);
  });

  it("is more than a slip of the pen", () => {
    expect(ink([[[0, 0, 0]]])).toBe(0);
    expect(ink([[[0, 0, 0], [30, 40, 1], [30, 140, 2]]])).toBe(150);
  });

  it("is drawn as a path", () => {
    expect(pathOf([[[1, 2, 0], [3, 4, 1]], [[5, 6, 2]]])).toBe("M1 2L3 4M5 6h0");
  });
});

describe("a brief", () => {
  it("is read into blocks", () => {
    const text = "# 标题\n第一行\n第二行\n\n- 甲\n- **乙**\n\n2. 二\n3. 三\n\n---\n```\n- x\n```\n| a | b |\n|---|---|\n| 1 | 2 |";
    expect(blocksOf(text).map((block) => block.kind)).toEqual(["heading", "paragraph", "list", "list", "rule", "code", "table"]);
    expect(blocksOf(text)[2]).toEqual({
      kind: "list",
      isOrdered: false,
      start: 1,
      items: [[{ kind: "text", text: "甲" }], [{ kind: "bold", text: "乙" }]],
    });
    expect(blocksOf(text)[3]).toMatchObject({ isOrdered: true, start: 2 });
  });

  it("keeps everything it does not know as text", () => {
    const wild = "<script>alert(1)</script> [a](javascript:b) ** `";
    expect(inlinesOf(wild)).toEqual([{ kind: "text", text: wild }]);
  });

  it.each(["", "\n\n", "```", "|a|", "| a |\n|---|", "#", "-", "1.", "***", "**", "` `", "- \n- "])("never fails: %j", (text) => {
    expect(() => blocksOf(text)).not.toThrow();
  });
});
