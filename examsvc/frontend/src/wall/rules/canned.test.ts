// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { cannedMessages, keepCanned, linesOf } from "./canned";

beforeEach(() => localStorage.clear());

describe("canned messages", () => {
  it("are lines without empty ones", () => {
    expect(linesOf(" a \n\n b\n")).toEqual(["a", "b"]);
    expect(linesOf("x\n".repeat(50))).toHaveLength(20);
  });

  it("are given until the proctor writes others, by language", () => {
    expect(cannedMessages("en", "one\ntwo")).toEqual(["one", "two"]);
    keepCanned("en", "mine");
    expect(cannedMessages("en", "one\ntwo")).toEqual(["mine"]);
    expect(cannedMessages("zh-CN", "one")).toEqual(["one"]);
    keepCanned("en", "  ");
    expect(cannedMessages("en", "one\ntwo")).toEqual(["one", "two"]);
  });
});
