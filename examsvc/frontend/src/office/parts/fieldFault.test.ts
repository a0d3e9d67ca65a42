import { expect, it } from "vitest";

import { faultKey } from "./fieldFault";

it.each([
  ["Missing data for required field.", "required"],
  ["Field may not be null.", "required"],
  ["Not a valid UUID.", "required"],
  ["Shorter than minimum length 1.", "required"],
  ["Length must be between 1 and 80.", "required"],
  ["Longer than maximum length 2000.", "tooLong"],
  ["Not a valid integer.", "notWhole"],
  ["Not a valid datetime.", "notTime"],
  ["Must be greater than or equal to 1 and less than or equal to 1440.", "outOfRange"],
  ["holds characters that cannot be stored", "other"],
])("%s → %s", (message, key) => expect(faultKey(message)).toBe(`office.fault.${key}`));
