import { describe, expect, it } from "vitest";

import en from "../i18n/en/office.json";
import zh from "../i18n/zh-CN/office.json";
import { menuOf, type OfficePage, PAGES } from "./pages";

const page = (name: string, more: Partial<OfficePage> = {}): OfficePage => ({
  path: `/${name}`,
  name,
  title: name,
  component: {},
  ...more,
});

describe("the office's pages", () => {
  it("have names and paths of their own", () => {
    expect(new Set(PAGES.map(({ name }) => name)).size).toBe(PAGES.length);
    expect(new Set(PAGES.map(({ path }) => path)).size).toBe(PAGES.length);
  });

  it("stand in the side menu in the order of the notice", () => {
    const menu = menuOf(PAGES, ["RECOMMENDER", "EXPERT", "DISTRICT", "AUTHOR", "REGISTRAR", "OFFICE", "DECISION_MAKER"]).map(({ name }) => name);
    const steps = ["cases", "recommendations", "expert", "district-centres", "banks", "notices", "filings", "registry", "sessions", "decisions", "supervision"];
    expect(menu.filter((name) => steps.includes(name))).toEqual(steps);
  });

  it("are described on the home page in both languages", () => {
    const described = Object.keys(zh.home).filter((name) => name in en.home);
    expect(PAGES.filter(({ menu, name }) => menu && name !== "home" && !described.includes(name)).map(({ name }) => name)).toEqual([]);
  });

  it("stand in the side menu of those whose roles they name, or of everybody", () => {
    const pages = [page("a", { menu: "a" }), page("b", { menu: "b", roles: ["BUREAU"] }), page("c")];
    expect(menuOf(pages, ["OFFICE"]).map(({ name }) => name)).toEqual(["a"]);
    expect(menuOf(pages, ["OFFICE", "BUREAU"]).map(({ name }) => name)).toEqual(["a", "b"]);
  });
});
