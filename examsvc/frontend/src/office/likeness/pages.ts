/** Items that a paper keeps apart, and items that say the same; they stand among the bank's own pages. */
export const LIKENESS_PAGES = [
  {
    path: "/banks/:bankId/enemies",
    name: "enemies",
    title: "office.bank.page.enemies",
    component: () => import("./EnemiesPage.vue"),
  },
  {
    path: "/banks/:bankId/duplicates",
    name: "duplicates",
    title: "office.bank.page.duplicates",
    component: () => import("./DuplicatesPage.vue"),
  },
];
