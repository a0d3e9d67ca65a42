// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { checkCharacter, codeHint } from "./creditCode";
import { isNamed, industryWord, joinIndustries, splitIndustries, toggled } from "./industries";
import { dropCopy, keepCopy, recallCopy } from "./localCopies";
import { definitionLint, emptyTask, forEditing, forSending, hanNumber, nameLint, operationLint, taskNumber, weightGap } from "./mainContent";
import { merge } from "./merging";
import { landing, moved } from "./order";
import { placeOf, sectionOf, sorted, taskOf } from "./problems";
import { lengthOf, REQUIRED, wholeProposal, writtenCount } from "./sections";
import { spanFrom, windowOf } from "./windowOf";

const task = (weight: number | "") => ({ ...emptyTask(), weight });

describe("the order of the rows (H04)", () => {
  it("changes by moving one row up or down, the others keep theirs", () => {
    expect(moved(["a", "b", "c", "d"], 2, 0)).toEqual(["c", "a", "b", "d"]);
    expect(moved(["a", "b", "c", "d"], 0, 3)).toEqual(["b", "c", "d", "a"]);
    expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });

  it("puts a dragged row before the first whose middle lies below the pointer", () => {
    const middles = [50, 150, 250];
    expect(landing(middles, 0, 10)).toBe(0);
    expect(landing(middles, 0, 160)).toBe(1);
    expect(landing(middles, 0, 900)).toBe(2);
    expect(landing(middles, 2, 149)).toBe(1);
  });
});

describe("the hint about a credit code (H10, H11, C05)", () => {
  it.each([
    ["", "empty"],
    ["9131000", "short"],
    ["91310000MA1FL0AB1X", "good"],
    ["9131 0000 ma1fl0ab1x", "good"],
    ["91310000MA1FL0AB1Y", "wrong"],
    ["111111111111111111", "wrong"],
    ["111111111111111115", "government"],
    ["91310000MA1FL0AB1XX", "malformed"],
    ["91310000MA1FL0ABIX", "malformed"],
  ])("says of %s: %s", (code, hint) => expect(codeHint(code)).toBe(hint));

  it("names public institutions and other places", () => {
    const whole = (start: string): string => start + checkCharacter(start);
    expect(codeHint(whole("12310000425006000"))).toBe("institution");
    expect(codeHint(whole("91110000MA1FL0AB1"))).toBe("elsewhere");
  });
});

describe("industries (H08, H09)", () => {
  it("are joined and split by 、 and stand once each", () => {
    expect(joinIndustries(["人工智能", "汽车"])).toBe("人工智能、汽车");
    expect(splitIndustries(" 人工智能、、汽车、人工智能 ")).toEqual(["人工智能", "汽车"]);
  });

  it("are switched on and off in the order in which they were chosen", () => {
    expect(toggled(["汽车"], "人工智能")).toEqual(["汽车", "人工智能"]);
    expect(toggled(["汽车", "人工智能"], "汽车")).toEqual(["人工智能"]);
  });

  it("know the notice's own words from free ones", () => {
    expect(industryWord("circuits")).toBe("集成电路");
    expect(isNamed("家政服务")).toBe(true);
    expect(isNamed("低空经济")).toBe(false);
  });
});

describe("the proposal (annex 2)", () => {
  it("has every section, and counts what is written of the required ones", () => {
    const proposal = wholeProposal({ background: "x", features: "  ", extra_scheme: "y", unknown: "z" });
    expect(REQUIRED).toHaveLength(11);
    expect(writtenCount(proposal)).toBe(1);
    expect(proposal.audience).toBe("");
    expect(proposal).not.toHaveProperty("unknown");
  });

  it("counts a rare character as one", () => expect(lengthOf("𠮷a")).toBe(2));
});

describe("the main content (annex 3)", () => {
  it("J10: weights of 99 and 101 are one off", () => {
    expect([weightGap([task(40), task(59)]), weightGap([task(40), task(60)]), weightGap([task(41), task(60)])]).toEqual([-1, 0, 1]);
    expect(weightGap([task("")])).toBe(-100);
  });

  it("J09: work tasks are numbered in Chinese", () => {
    expect([1, 3, 10, 11, 20, 25].map(hanNumber)).toEqual(["一", "三", "十", "十一", "二十", "二十五"]);
    expect(taskNumber(1)).toBe("（二）");
  });

  it("J11, J13: an operation begins with 能, a definition reads 运用…的能力", () => {
    expect([operationLint("能撰写"), operationLint("撰写"), operationLint("")]).toEqual([null, "operationForm", null]);
    expect([definitionLint("运用工具，生成图像的能力。"), definitionLint("生成图像")]).toEqual([null, "definitionForm"]);
    expect([nameLint("人工智能模型运用"), nameLint("人工智能训练师")]).toEqual([null, "nameEnding"]);
  });

  it("always offers a line to write in, and sends none that is empty", () => {
    const content = forEditing({});
    expect(content.work_tasks).toEqual([emptyTask()]);
    expect(forSending(content)).toEqual({ definition: "", work_tasks: [], extra_sections: [] });
    const written = { ...content, work_tasks: [{ name: " a ", operations: ["能", " "], knowledge: [""], weight: 40 }, emptyTask()] };
    expect(forSending(written).work_tasks).toEqual([{ name: "a", operations: ["能"], knowledge: [], weight: 40 }]);
  });
});

describe("two people writing at once", () => {
  it("are merged where only one of them changed something", () => {
    const base = { a: "1", b: "1", c: "1" };
    expect(merge(base, { ...base, a: "mine" }, { ...base, b: "theirs" })).toEqual({ merged: { a: "mine", b: "theirs", c: "1" }, clashes: [] });
  });

  it("clash where both changed the same, and the person's own text stays", () => {
    const base = { a: "1", b: "1" };
    expect(merge(base, { a: "mine", b: "same" }, { a: "theirs", b: "same" })).toEqual({ merged: { a: "mine", b: "same" }, clashes: ["a"] });
  });
});

describe("a local copy", () => {
  beforeEach(() => localStorage.clear());

  it("is kept for its account until it is dropped", () => {
    const copy = { value: "x", base: "", version: 3 };
    keepCopy("p1", "k", copy);
    expect(recallCopy("p1", "k")).toEqual(copy);
    expect(recallCopy("p2", "k")).toBeNull();
    dropCopy("p1", "k");
    expect(recallCopy("p1", "k")).toBeNull();
  });

  it("that is damaged counts as none", () => {
    localStorage.setItem("examsvc.unsaved.p1.k", "{");
    expect(recallCopy("p1", "k")).toBeNull();
  });
});

describe("the window as the calendar tells it (E01)", () => {
  const ends = [
    { at: "2026-11-19T16:00:00Z", kind: "WINDOW_OPENS", window: "RECOMMENDATION" },
    { at: "2026-11-30T15:59:59.999999Z", kind: "WINDOW_CLOSES", window: "RECOMMENDATION" },
    { at: "2026-12-19T16:00:00Z", kind: "WINDOW_OPENS", window: "ORGANISATION" },
    { at: "2027-02-19T16:00:00Z", kind: "WINDOW_OPENS", window: "RECOMMENDATION" },
    { at: "2027-02-28T15:59:59.999999Z", kind: "WINDOW_CLOSES", window: "RECOMMENDATION" },
  ];

  it.each([
    ["2026-11-19T15:59:59Z", false, "2026-11-19T16:00:00Z"],
    ["2026-11-19T16:00:01Z", true, "2027-02-19T16:00:00Z"],
    ["2026-11-30T15:59:59Z", true, "2027-02-19T16:00:00Z"],
    ["2026-11-30T16:00:00Z", false, "2027-02-19T16:00:00Z"],
  ])("at %s is open: %s, and opens next %s", (now, isOpen, opens) => {
    expect(windowOf(ends, now)).toMatchObject({ is_open: isOpen, next_opens_at: opens });
  });

  it("is not told when the calendar holds none, and is asked for by Shanghai's dates", () => {
    expect(windowOf([], "2026-11-19T16:00:01Z")).toBeNull();
    expect(spanFrom("2026-11-23T16:30:00Z").from).toBe("2026-11-24");
  });
});

describe("problems of a row", () => {
  it("stand in the row, in annex 2 or in annex 3, with the work task and line that they name", () => {
    expect([{ field: "credit_code" }, { field: "proposal.features" }, { field: "main_content.definition" }].map(placeOf)).toEqual(["row", "proposal", "main_content"]);
    expect(sectionOf({ field: "proposal.features" })).toBe("features");
    expect(taskOf({ field: "main_content.work_tasks.1.operations.2" })).toEqual({ number: "（二）", line: 3 });
    expect(taskOf({ field: "main_content.work_tasks" })).toEqual({ number: "", line: 0 });
  });

  it("are told with the errors first", () => {
    const found = [{ severity: "warning" as const, at: 1 }, { severity: "error" as const, at: 2 }];
    expect(sorted(found).map(({ at }) => at)).toEqual([2, 1]);
  });
});
