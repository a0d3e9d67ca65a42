import type { RouteRecordRaw } from "vue-router";

import { createEntryRouter } from "@/shared/entryRouter";

import { type OfficePage, PAGES } from "./pages";

/** What a page says about itself stands in its route's `meta`; the parameters of its path are its props. */
function routeOf({ path, name, title, component, roles, under }: OfficePage): RouteRecordRaw {
  return { path, name, component, props: true, meta: { title, roles, menu: under ?? name } } as RouteRecordRaw;
}

export const router = createEntryRouter("office", PAGES.map(routeOf));
