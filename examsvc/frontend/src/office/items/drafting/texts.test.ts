import { expect, it } from "vitest";

import { blanksIn, lines } from "./texts";

it.each([["", 0], ["____", 1], ["____ and ____", 2]])("%j marks %i blanks", (stem, count) => expect(blanksIn(stem)).toBe(count));

it("reads one thing a line, without empty lines", () => expect(lines(" a \n\nb")).toEqual(["a", "b"]));
