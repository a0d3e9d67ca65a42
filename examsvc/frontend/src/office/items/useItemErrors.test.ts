import { expect, it } from "vitest";

import { Refusal } from "@/api/refusal";

import { errorOfPart } from "./editors/partErrors";
import { itemFaults } from "./useItemErrors";

const bad = new Refusal("bad_item", "", 422, { field: "content.parts.p1.stem", fault: "stem_empty" });
const malformed = new Refusal("invalid", "", 422, { errors: { "json.content.media.0.plays": ["Not a valid integer."], "json.code": ["Longer than maximum length 40."] } });

it.each([
  [bad, "content.parts.p1.stem", ["office.item.fault.stem_empty"]],
  [bad, "content.stem", []],
  [new Refusal("code_taken", ""), "code", ["office.item.codeTaken"]],
  [new Refusal("external_id_taken", ""), "code", []],
  [malformed, "content.media", ["office.fault.notWhole"]],
  [malformed, "content.medi", []],
  [malformed, "code", ["office.fault.tooLong"]],
])("%s says of %s: %j", (refused, field, faults) => expect(itemFaults(refused, field)).toEqual(faults));

it("tells a part what is said of its own fields", () => {
  const errorOf = errorOfPart((field) => itemFaults(bad, field).join(), "p1");
  expect(errorOf("content.stem")).toBe("office.item.fault.stem_empty");
  expect(errorOf("content.options")).toBe("");
});
