// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { effectScope, nextTick } from "vue";

import { Refusal } from "@/api/refusal";

import { recallCopy } from "./rules/localCopies";
import { type Kept, type Stored, useKept } from "./useKept";

interface Text {
  a: string;
  b: string;
}

/** A server of one text: refuses whoever saw an older version. */
class Desk {
  stored: Stored<Text> = { value: { a: "1", b: "1" }, version: 1 };
  isDown = false;

  write = (value: Text, version: number): Promise<number> => {
    if (this.isDown) return Promise.reject(new Refusal("offline", ""));
    if (version !== this.stored.version) return Promise.reject(new Refusal("case_moved_on", "", 409));
    this.stored = { value, version: version + 1 };
    return Promise.resolve(this.stored.version);
  };

  sit(): Kept<Text> {
    const keeper = { key: "k", start: structuredClone(this.stored), fetch: () => Promise.resolve(structuredClone(this.stored)), store: this.write };
    return effectScope().run(() => useKept(keeper)) as Kept<Text>;
  }
}

describe("a kept text", () => {
  let desk: Desk;
  beforeEach(() => {
    localStorage.clear();
    desk = new Desk();
  });

  it("is saved once it was changed, and only then", async () => {
    const kept = desk.sit();
    await kept.save();
    expect(desk.stored.version).toBe(1);
    kept.value.value.a = "mine";
    await nextTick();
    expect(kept.state.value).toBe("unsaved");
    expect(await kept.save()).toBe(true);
    expect([kept.state.value, desk.stored.value.a, recallCopy("", "k")]).toEqual(["saved", "mine", null]);
  });

  it("that was changed while it was being saved is saved once more", async () => {
    const kept = desk.sit();
    kept.value.value.a = "first";
    await nextTick();
    const first = kept.save();
    kept.value.value.a = "second";
    await nextTick();
    const second = kept.save();
    expect([await first, await second]).toEqual([true, true]);
    expect([kept.state.value, desk.stored.value.a]).toEqual(["saved", "second"]);
  });

  it("stays in the browser while the server is away, and is there again after the page was left", async () => {
    const kept = desk.sit();
    desk.isDown = true;
    kept.value.value.b = "long text";
    await nextTick();
    expect(await kept.save()).toBe(false);
    expect(kept.state.value).toBe("failed");
    desk.isDown = false;
    const again = desk.sit();
    expect([again.value.value.b, again.isRestored.value, again.state.value]).toEqual(["long text", true, "unsaved"]);
    await again.save();
    expect(desk.stored.value.b).toBe("long text");
  });

  it("from an earlier visit can be thrown away", async () => {
    const kept = desk.sit();
    desk.isDown = true;
    kept.value.value.b = "never mind";
    await nextTick();
    await kept.save();
    const again = desk.sit();
    again.discard();
    await nextTick();
    expect([again.value.value.b, again.state.value, recallCopy("", "k")]).toEqual(["1", "saved", null]);
  });

  it("takes what somebody else changed elsewhere in it", async () => {
    const kept = desk.sit();
    await desk.write({ a: "theirs", b: "1" }, 1);
    kept.value.value.b = "mine";
    await nextTick();
    expect(await kept.save()).toBe(true);
    expect(desk.stored.value).toEqual({ a: "theirs", b: "mine" });
  });

  it.each([
    ["mine", { a: "mine", b: "1" }],
    ["theirs", { a: "theirs", b: "1" }],
  ] as const)("waits for a choice where both changed the same; takes %s", async (whose, left) => {
    const kept = desk.sit();
    await desk.write({ a: "theirs", b: "1" }, 1);
    kept.value.value.a = "mine";
    await nextTick();
    await kept.save();
    expect([kept.state.value, kept.clashes.value, kept.value.value.a, kept.theirs.value?.a]).toEqual(["conflict", ["a"], "mine", "theirs"]);
    expect(desk.stored.value.a).toBe("theirs");
    await kept.settle("a", whose);
    expect([kept.state.value, desk.stored.value]).toEqual(["saved", left]);
  });
});
