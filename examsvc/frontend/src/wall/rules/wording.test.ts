import { expect, it } from "vitest";

import { browserName, elapsed, seat } from "./wording";

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
  expect(seat({ room: { id: "a1", number: 2, name: "机考二室" }, seat_label: "02-07", seat_number: 7 })).toBe("02-07");
});

it.each([
  ["Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36", "Chrome 109"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge 126"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox 115"],
  ["Mozilla/5.0 (iPad; CPU OS 16_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Safari/604.1", "Safari 16"],
  ["something else", "something else"],
])("%s is %s", (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});
