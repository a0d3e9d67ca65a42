import { expect, it } from "vitest";

import type { TimelineEntry } from "../types";
import { grouped } from "./timeline";

const entry = (type: TimelineEntry["type"], kind: string, id: string): TimelineEntry => ({ at: "2026-11-23T01:00:00Z", type, kind, id, detail: {} });

it("pictures kept one after the other for the same reason stand together", () => {
  const groups = grouped([
    entry("SNAPSHOT", "EVENT", "1"),
    entry("SNAPSHOT", "EVENT", "2"),
    entry("SNAPSHOT", "ROUTINE", "3"),
    entry("EVENT", "TAB_HIDDEN", "4"),
    entry("SNAPSHOT", "ROUTINE", "5"),
  ]);
  expect(groups.map(({ pictures }) => pictures.map(({ id }) => id))).toEqual([["1", "2"], ["3"], [], ["5"]]);
});
