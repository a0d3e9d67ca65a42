import { describe, expect, it } from "vitest";

import { found, missingOf, neededBy } from "./belonging";

const person = (username: string, roles: string[], more: Partial<Record<"department" | "organisation" | "district", string>> = {}) => ({
  username,
  name: username.toUpperCase(),
  roles,
  department: null,
  organisation: null,
  district: null,
  ...more,
});

describe("where people belong", () => {
  it("follows from their roles, each place once", () => {
    expect(neededBy(["DISTRICT", "RECOMMENDER"])).toEqual(["department", "district"]);
    expect(neededBy(["OFFICE", "QUALITY_SUPERVISOR"])).toEqual(["organisation"]);
    expect(neededBy(["EXPERT", "REGISTRAR", "BUREAU"])).toEqual([]);
  });

  it("misses what is not entered, not what is not needed", () => {
    expect(missingOf(person("a", ["RECOMMENDER"], { district: "x" }))).toEqual(["department"]);
    expect(missingOf(person("a", ["RECOMMENDER"], { department: "x" }))).toEqual([]);
  });

  it("is found by name, user name or place; those who miss a place first", () => {
    const people = [person("anna", ["EXPERT"]), person("bert", ["OFFICE"], { organisation: "Anna Ltd" }), person("hanna", ["DISTRICT"])];
    expect(found(people, " ANNA ").map(({ username }) => username)).toEqual(["hanna", "anna", "bert"]);
    expect(found(people, "ltd").map(({ username }) => username)).toEqual(["bert"]);
    expect(found(people, "nobody")).toEqual([]);
  });
});
