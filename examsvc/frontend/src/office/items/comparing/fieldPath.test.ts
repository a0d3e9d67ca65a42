import { expect, it } from "vitest";

import { stepsOf, textOf } from "./fieldPath";

it.each([
  ["content.stem", ["stem"]],
  ["content.options.b.text", ["options", "b", "text"]],
  ["content.points", ["marks"]],
  ["key.points", ["key", "points"]],
  ["tags", ["tags"]],
])("%s is told as %j", (field, steps) => expect(stepsOf(field)).toEqual(steps));

it.each([
  [null, ""],
  ["text", "text"],
  [["a", "b"], "a, b"],
  [true, "true"],
  [{ a: "b" }, '{"a":"b"}'],
])("%j is shown as %j", (value, text) => expect(textOf(value)).toBe(text));
