import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from "vue-router";

import NotFoundPage from "./NotFoundPage.vue";
import type { Entry } from "./workplaces";

/**
 * Make an entry's router; the server answers every path under /<entry>/ with the entry's page.
 * `meta.title` of a route is a message key and goes into the document's title.
 */
export function createEntryRouter(entry: Entry, routes: RouteRecordRaw[]): Router {
  return createRouter({
    history: createWebHistory(`/${entry}/`),
    routes: [...routes, { path: "/:rest(.*)*", name: "not-found", component: NotFoundPage, meta: { title: "common.notFound.title" } }],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
}
