import { describe, expect, it } from "vitest";

import { type Accommodation, draftOf, emptyGrant, grantOf, grantWords } from "./grants";

const NOTHING = {
  extra_minutes: null,
  time_percent: null,
  break_minutes: null,
  text_size: null,
  high_contrast: null,
  separate_room: null,
  screen_reader: null,
};
const given = (more: Partial<Accommodation>) => ({ ...NOTHING, ...more }) as Accommodation;
const t = (key: string, words: Record<string, unknown> = {}): string => `${key.split(".").at(-1)}${Object.values(words).join()}`;

describe("a grant", () => {
  it("leaves undecided what is not given, so that a wider decision holds", () => {
    expect(grantOf(emptyGrant())).toEqual(NOTHING);
  });

  it.each<Partial<Accommodation>>([
    { extra_minutes: 20, break_minutes: 10 },
    { time_percent: 150, text_size: "LARGEST", high_contrast: true },
    { separate_room: true, screen_reader: true },
  ])("%j comes out of the form as it went in", (more) => {
    expect(grantOf(draftOf(given(more)))).toEqual({ ...NOTHING, ...more });
  });

  it("is told in words", () => {
    expect(grantWords(given({ time_percent: 125, break_minutes: 10, separate_room: true }), t)).toEqual([
      "percentText1.25",
      "breakText10",
      "separateRoom",
    ]);
  });
});
