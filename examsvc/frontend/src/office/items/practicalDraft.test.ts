import { describe, expect, it } from "vitest";

import { awarded, emptyCriterion, emptyPractical, marksOf, practicalBody, practicalDraftOf, type PracticalTask } from "./practicalDraft";

const marks = (text: string) => marksOf({ ...emptyCriterion(), marks: text });

describe("marks", () => {
  it.each([
    ["0\n2 写明一个要素\n4.5：写明两个", [[0, ""], [200, "写明一个要素"], [450, "写明两个"]]],
    ["  0  \n\n100", [[0, ""], [10000, ""]]],
    ["", []],
  ])("reads one mark a line: %j", (text, expected) => {
    expect(marks(text)?.map(({ value, text: words }) => [value, words])).toEqual(expected);
  });

  it.each(["两分", "2.555", "-1", "1000", "2分"])("cannot read %j", (text) => {
    expect(marks(text)).toBeNull();
  });
});

const TASK = {
  practical_task_id: "t",
  code: "P1",
  title: "搭建",
  minutes: 40,
  brief: "做",
  work_task: { work_task_id: "w" },
  criteria: [
    { number: 1, kind: "MEASUREMENT", text: "完成", guidance: "看", most: 10000, values: [{ value: 0, text: "" }, { value: 10000, text: "全部" }] },
    { number: 2, kind: "DEDUCTION", text: "超时", guidance: "", most: 500, values: [{ value: 0, text: "" }, { value: 500, text: "" }] },
    { number: 3, kind: "VETO", text: "泄密", guidance: "", most: 0, values: [{ value: 0, text: "" }] },
  ],
} as PracticalTask;

describe("a task", () => {
  it("is sent as it was read", () => {
    const { criteria, ...body } = practicalBody(practicalDraftOf(TASK));
    expect(body).toEqual({ code: "P1", title: "搭建", brief: "做", work_task_id: "w", minutes: 40 });
    expect(criteria).toEqual(TASK.criteria.map(({ kind, text, guidance, values }) => ({ kind, text, guidance, values })));
  });

  it("awards what measurements and judgements give, not what deductions take", () => {
    expect(awarded(practicalDraftOf(TASK))).toBe(100_00);
    expect(awarded(emptyPractical())).toBe(0);
  });
});
