const ROLES = ["OFFICE", "QUALITY_SUPERVISOR"];

/** Registered versions of a bank; they stand among the bank's own pages. */
export const REGISTERED_PAGES = [
  {
    path: "/banks/:bankId/registered",
    name: "registered",
    title: "office.bank.page.registered",
    roles: ROLES,
    component: () => import("./RegisteredListPage.vue"),
  },
  {
    path: "/banks/:bankId/registered/:versionId",
    name: "registered-version",
    title: "office.registered.title",
    roles: ROLES,
    component: () => import("./RegisteredVersionPage.vue"),
  },
];
