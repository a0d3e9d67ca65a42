import { expect, it } from "vitest";

import { firstFree, label, leastCapacity, notApart, type Placed, seatsOf, sitesOf } from "./seats";

const at = (seat_number: number): Placed => ({ seat_number, name: `考生${seat_number}` }) as unknown as Placed;

it("shows every seat that is used, taken or free", () => {
  const seats = seatsOf({ capacity: 4, placed: [at(3), at(1)] });
  expect(seats.map(({ number, candidate }) => [number, candidate?.name ?? null])).toEqual([
    [1, "考生1"],
    [2, null],
    [3, "考生3"],
    [4, null],
  ]);
});

it("offers the first free seat, and the first of all in a full room", () => {
  expect(firstFree({ capacity: 3, placed: [at(1), at(3)] })).toBe(2);
  expect(firstFree({ capacity: 1, placed: [at(1)] })).toBe(1);
});

it("uses no fewer seats than up to the last one that somebody has", () => {
  expect(leastCapacity({ placed: [at(1), at(7)] })).toBe(7);
  expect(leastCapacity({ placed: [] })).toBe(1);
});

it("finds who is granted a separate room and sits among the others", () => {
  const apart = { ...at(2), separate_room: true };
  const among = { is_separate: false, placed: [at(1), apart] };
  expect(notApart([among, { is_separate: true, placed: [apart] }])).toEqual([apart]);
});

it("names each site of the rooms once", () => {
  const choices = [
    { centre_id: "a", centre: "外滩考核点" },
    { centre_id: "a", centre: "外滩考核点" },
    { centre_id: "b", centre: "徐汇考核点" },
  ];
  expect(sitesOf(choices)).toEqual([
    { id: "a", name: "外滩考核点" },
    { id: "b", name: "徐汇考核点" },
  ]);
});

it("writes numbers with two digits at least", () => {
  expect([label(3), label(30), label(120)]).toEqual(["03", "30", "120"]);
});
