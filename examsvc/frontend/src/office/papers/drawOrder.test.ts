import { describe, expect, it } from "vitest";

import { formName } from "./drawOrder";

describe("the name of a form", () => {
  it("is a letter as long as there are letters, and its number after that", () => {
    expect([formName(1, 3), formName(26, 26), formName(1, 27), formName(200, 200)]).toEqual(["A", "Z", "1", "200"]);
  });
});
