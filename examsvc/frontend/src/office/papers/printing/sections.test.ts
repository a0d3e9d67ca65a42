import { describe, expect, it } from "vitest";

import { columnsFor } from "./sections";

describe("a printed paper", () => {
  it("puts short options side by side and long ones one below the other", () => {
    expect(columnsFor(["甲", "乙", "丙", "丁"])).toBe(4);
    expect(columnsFor(["先写明任务再写明要求", "乙"])).toBe(2);
    expect(columnsFor(["一句很长的话，".repeat(4), "乙"])).toBe(1);
    expect(columnsFor([])).toBe(4);
  });
});
