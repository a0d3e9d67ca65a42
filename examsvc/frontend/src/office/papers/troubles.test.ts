import { describe, expect, it } from "vitest";
import { type ComposerTranslation, createI18n } from "vue-i18n";

import en from "@/i18n/en/office.json";
import zh from "@/i18n/zh-CN/office.json";

import type { Trouble, WorkTask } from "./blueprint";
import { troubleText } from "./troubles";

const tasks = [{ number: 1, name: "提示词撰写" }] as unknown as WorkTask[];

function words(locale: "en" | "zh-CN", trouble: Trouble): string {
  const messages = { en: { office: en }, "zh-CN": { office: zh } };
  const { t } = createI18n({ legacy: false, locale, messages }).global;
  return troubleText(trouble, tasks, t as unknown as ComposerTranslation); // ours knows the languages of the application alone
}

describe("what stands in the way, in words", () => {
  it("names a cell by its work task, type and points", () => {
    const cell: Trouble = { kind: "CELL", where: { work_tasks: [1], types: ["TRUE_FALSE"] }, count: 6, points: 250 };
    expect(words("zh-CN", cell)).toBe("提示词撰写 · 判断题：6 题，每题 2.5 分");
  });

  it("tells bounds as at least, at most, exactly or from to", () => {
    const hard = (lower: number, upper: number | null): Trouble => ({ kind: "NUMBER", where: { difficulties: ["HARD"] }, lower, upper });
    expect(words("en", hard(3, null))).toBe("Hard: at least 3 questions");
    expect(words("en", hard(0, 3))).toBe("Hard: at most 3 questions");
    expect(words("en", hard(3, 3))).toBe("Hard: exactly 3 questions");
    expect(words("en", hard(3, 5))).toBe("Hard: 3 to 5 questions");
  });

  it("tells the time budget and sets of items", () => {
    expect(words("zh-CN", { kind: "SUM", attribute: "SECONDS", where: {}, lower: 0, upper: 3600 })).toBe("全部试题：作答时间合计至多 3600 秒");
    expect(words("en", { kind: "ALL_OR_NONE", item_ids: ["a", "b"] })).toBe("2 items together or none of them");
  });
});
