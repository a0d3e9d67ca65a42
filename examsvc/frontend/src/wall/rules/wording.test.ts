import { expect, it } from "vitest";

import { elapsed, seat } from "./wording";

it.each([
  [0, "0:00"],
  [999, "0:00"],
  [1_000, "0:01"],
  [61_000, "1:01"],
  [3_661_000, "1:01:01"],
  [-5, "0:00"],
])("%i ms are written %s", (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text);
});

it("seats have two digits at least, and their room where there is one", () => {
  const inHall = [3, 30, 300].map((seat_number) => seat({ room: null, seat_label: String(seat_number), seat_number }));
  expect(inHall).toEqual(["03", "30", "300"]);
  expect(seat({ room: { number: 2, name: "机考二室" }, seat_label: "02-07", seat_number: 7 })).toBe("02-07");
});
