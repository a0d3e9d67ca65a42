import { expect, it } from "vitest";

import { stateOf } from "./requests";

const NOW = Date.parse("2026-11-23T09:00:00Z");

it.each([
  [null, null, "WAITING"],
  ["2026-11-22T09:00:01Z", null, "GRANTED"],
  ["2026-11-22T09:00:00Z", null, "LAPSED"],
  ["2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z", "USED"],
])("granted %s and used %s is %s", (granted_at, used_at, state) => expect(stateOf({ granted_at, used_at }, NOW)).toBe(state));
