import { describe, expect, it } from "vitest";

import { shanghaiField } from "./shanghaiField";

describe("a field of date and time", () => {
  it("holds Shanghai's clocks, wherever the browser is", () => {
    expect(shanghaiField(new Date("2026-11-22T16:00:07Z"))).toBe("2026-11-23T00:00:07");
    expect(shanghaiField(new Date("2026-12-31T15:59:59.999Z"))).toBe("2026-12-31T23:59:59");
  });
});
