import { expect, it } from "vitest";

import { applied, guessed, isChanged } from "./columns";

const table = (mapping: Record<string, string>) => ({ sheet: "", dialect: "", heading_row: 1, headings: Object.keys(mapping), rows: [], mapping });
const TABLES = [table({ 题干: "stem", 备注: "" }), table({ 答案: "answer" })];

it("takes the columns of all sheets together", () => expect(guessed(TABLES)).toEqual({ 题干: "stem", 备注: "", 答案: "answer" }));

it("applies a saved mapping to the columns that are there, and to no others", () =>
  expect(applied(guessed(TABLES), { 备注: "explanation", 别的: "code" })).toEqual({ 题干: "stem", 备注: "explanation", 答案: "answer" }));

it("knows whether somebody said otherwise than was guessed", () => {
  expect(isChanged(guessed(TABLES), TABLES)).toBe(false);
  expect(isChanged({ ...guessed(TABLES), 备注: "explanation" }, TABLES)).toBe(true);
});
