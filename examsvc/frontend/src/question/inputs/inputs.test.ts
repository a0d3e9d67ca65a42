// @vitest-environment happy-dom
import { enableAutoUnmount } from "@vue/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";

import { ask } from "../mounting";
import { optionsNamed, questionOf } from "../testing";

enableAutoUnmount(afterEach);

const options = optionsNamed("a", "b", "c");
const texts = (page: ReturnType<typeof ask>["page"], selector: string): string[] =>
  page.findAll(selector).map((each) => each.text());

describe("choices", () => {
  it("are native radio buttons under their question, and can be cleared", async () => {
    const { page, answer } = ask(questionOf("SINGLE_CHOICE", { stem: "选一个", options }));
    expect(page.get("legend").text()).toBe("选一个");
    await page.get("input[value=b]").setValue();
    expect(answer.value).toEqual({ choice: "b" });
    await page.get(".clear button").trigger("click");
    expect(answer.value).toBeNull();
  });

  it("show an option's picture with its own alternative text, once", () => {
    const media = [{ digest: "d1", kind: "PICTURE" as const, media_type: "image/png", alt: "游标卡尺" }];
    const { page } = ask(questionOf("SINGLE_CHOICE", { options: [{ id: "a", text: "", media: "d1" }], media }));
    expect(page.findAll("img").map((image) => [image.attributes("src"), image.attributes("alt")])).toEqual([
      ["/media/d1", "游标卡尺"],
    ]);
  });
});

describe("gaps in the text", () => {
  it("are lists to choose from where the gaps are", async () => {
    const { page, answer } = ask(questionOf("INLINE_CHOICE", { stem: "先____后____。", gaps: [options, options] }));
    const [first, second] = page.findAll("select");
    expect(second!.attributes("aria-label")).toBe("第 2 空");
    await second!.setValue("c");
    expect(answer.value).toEqual({ gaps: [null, "c"] });
    await first!.setValue("a");
    await second!.setValue("");
    expect(answer.value).toEqual({ gaps: ["a", null] });
  });

  it("give letters to options with formulas, which stand below", () => {
    const gap = [{ id: "a", text: "\\(x^2\\)" }, { id: "b", text: "二" }];
    const { page } = ask(questionOf("INLINE_CHOICE", { stem: "得____", gaps: [gap] }));
    expect(texts(page, "select option").slice(1)).toEqual(["A", "B"]);
    expect(texts(page, ".lettered li")).toHaveLength(2);
  });
});

describe("matching", () => {
  it("pairs each item with one of the lettered ones and says how many are paired", async () => {
    const { page, answer } = ask(questionOf("MATCHING", { options: optionsNamed("l1", "l2"), matches: options }));
    await page.findAll("select")[1]!.setValue("c");
    expect(answer.value).toEqual({ pairs: { l2: "c" } });
    expect(page.get(".progress").text()).toBe("已配对 1 / 2 项");
    expect(texts(page, ".used")).toEqual(["CC"]);
  });

  it("names each list by the item that it belongs to", () => {
    const { page } = ask(questionOf("MATCHING", { options: optionsNamed("l1"), matches: options }));
    expect(page.get(`label[for=${page.get("select").element.id}]`).text()).toContain("L1");
  });
});

describe("ordering", () => {
  const rows = (page: ReturnType<typeof ask>["page"]): string[] => texts(page, ".row .words");

  it("is not answered by the order that is shown, until it is moved or taken", async () => {
    const { page, answer } = ask(questionOf("ORDERING", { options }));
    expect(page.text()).toContain("尚未作答");
    await page.get(".open button").trigger("click");
    expect(answer.value).toEqual({ order: ["a", "b", "c"] });
    expect(page.text()).not.toContain("尚未作答");
  });

  it("is moved by buttons, tells screen readers, and leaves the focus on the button", async () => {
    const { page, answer } = ask(questionOf("ORDERING", { options }));
    const down = page.get<HTMLButtonElement>("button[aria-label='下移：A']");
    down.element.focus();
    await down.trigger("click");
    expect(answer.value).toEqual({ order: ["b", "a", "c"] });
    expect(rows(page)).toEqual(["B", "A", "C"]);
    expect(page.get("[aria-live]").text()).toBe("“A”已移到第 2 项，共 3 项");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("下移：A");
  });

  it("is moved by the arrow keys on a handle, and stays at the ends", async () => {
    const { page, answer } = ask(questionOf("ORDERING", { options }));
    await page.findAll(".handle")[2]!.trigger("keydown", { key: "ArrowUp" });
    expect(answer.value).toEqual({ order: ["a", "c", "b"] });
    await page.findAll(".handle")[0]!.trigger("keydown", { key: "ArrowUp" });
    expect(answer.value).toEqual({ order: ["a", "c", "b"] });
  });

  it("is dragged, and answered once, when the row is let go", async () => {
    const { page, answer } = ask(questionOf("ORDERING", { options }));
    const list = page.get<HTMLElement>(".rows");
    list.element.setPointerCapture = () => undefined;
    for (const [index, row] of [...list.element.children].entries()) {
      Object.defineProperties(row, { offsetTop: { value: index * 50 }, offsetHeight: { value: 50 } });
    }
    await page.findAll(".handle")[0]!.trigger("pointerdown", { button: 0, pointerId: 1 });
    await list.trigger("pointermove", { clientY: 140 });
    expect(rows(page)).toEqual(["B", "C", "A"]);
    expect(answer.value).toBeNull();
    await list.trigger("pointerup");
    expect(answer.value).toEqual({ order: ["b", "c", "a"] });
  });
});

describe("marking a picture", () => {
  const picture = { digest: "d", media_type: "image/png", width: 1000, height: 500, alt: "配电箱" };

  function show(marks: number) {
    const { page, answer } = ask(questionOf("HOTSPOT", { picture, marks }));
    const stage = page.get<HTMLElement>("[role=application]");
    // Shown at half its size, 20 pixels from the left and 10 from the top.
    stage.element.getBoundingClientRect = () => new DOMRect(20, 10, 500, 250);
    return { page, answer, stage };
  }

  it("takes clicks in the picture's own pixels", async () => {
    const { answer, stage } = show(2);
    await stage.trigger("click", { clientX: 120, clientY: 60 });
    expect(answer.value).toEqual({ points: [[200, 100]] });
  });

  it("is done with the keys alone", async () => {
    const { page, answer, stage } = show(1);
    await stage.trigger("keydown", { key: "ArrowLeft" });
    await stage.trigger("keydown", { key: "ArrowDown", shiftKey: true });
    await stage.trigger("keydown", { key: "Enter" });
    expect(answer.value).toEqual({ points: [[475, 253]] });
    expect(page.text()).toContain("标记已用完");
    await stage.trigger("keydown", { key: "Delete" });
    expect(answer.value).toBeNull();
    expect(page.text()).toContain("还可标记 1 处（共 1 处）");
  });

  it("lists the marks to take them away, and takes no more than asked for", async () => {
    const { page, answer, stage } = show(2);
    for (const clientX of [120, 220, 320]) await stage.trigger("click", { clientX, clientY: 60 });
    expect(answer.value).toEqual({ points: [[200, 100], [400, 100]] });
    expect(page.text()).toContain("请先移除一处");
    await page.get("button[aria-label^='移除第 1 处']").trigger("click");
    expect(answer.value).toEqual({ points: [[400, 100]] });
  });

  it("takes no marks while the picture is missing, and asks for it again", async () => {
    vi.useFakeTimers();
    const { page, answer, stage } = show(1);
    for (const wait of [1_000, 3_000, 0]) {
      await page.get("img").trigger("error");
      await stage.trigger("click", { clientX: 120, clientY: 60 });
      await vi.advanceTimersByTimeAsync(wait);
    }
    expect(answer.value).toBeNull();
    await page.get("[role=alert] button").trigger("click");
    expect(answer.value).toBeNull();
    expect(page.get("img").attributes("src")).toBe("/media/d");
    vi.useRealTimers();
  });
});

describe("extended answers", () => {
  it("take a long text and say how much is written of what is asked for", async () => {
    const { page, answer } = ask(questionOf("EXTENDED_ANSWER", { length: 800 }));
    await page.get("textarea").setValue("质量 管理");
    expect(answer.value).toEqual({ text: "质量 管理" });
    expect(page.get("textarea").attributes("maxlength")).toBe("20000");
    expect(page.text()).toContain("已写 4 字，要求约 800 字");
  });
});

describe("cases", () => {
  const first = { ...questionOf("SINGLE_CHOICE", { stem: "选", options }), id: "p1" };
  const second = { ...questionOf("FILL_IN", { stem: "填____", blanks: 1 }), id: "p2" };

  it("show the material once and keep each part's answer", async () => {
    const { page, answer } = ask(questionOf("COMPOSITE", { stem: "某厂……", parts: [first, second] }));
    expect(page.get("details").text()).toContain("某厂……");
    expect(page.findAll("section.part")).toHaveLength(2);
    await page.get("input[value=c]").setValue();
    await page.get("input.blank").setValue("电流");
    expect(answer.value).toEqual({ parts: { p1: { choice: "c" }, p2: { blanks: ["电流"] } } });
    expect(page.text()).toContain("已完成 2 / 2 小题");
    await page.get("section.part .clear button").trigger("click");
    expect(answer.value).toEqual({ parts: { p1: null, p2: { blanks: ["电流"] } } });
  });

  it("name each part's radio buttons apart", () => {
    const { page } = ask(questionOf("COMPOSITE", { parts: [first, { ...first, id: "p2" }] }));
    expect(new Set(page.findAll("input").map((input) => input.attributes("name"))).size).toBe(2);
  });
});
