import { BANK_FILE_PAGES } from "../imports/pages";
import { LIKENESS_PAGES } from "../likeness/pages";
import { place } from "../places";
import { REGISTERED_PAGES } from "../registered/pages";
import { SECRECY_PAGES } from "../secrecy/pages";

const AUTHOR = ["AUTHOR"];
const PAPER_READERS = ["OFFICE", "QUALITY_SUPERVISOR"];

/** The queue of those who review. */
export const REVIEW_PAGES = place(
  ["REVIEWER"],
  { path: "/review", name: "review", title: "office.review.title", component: () => import("./ReviewQueuePage.vue") },
);

/** Banks with their items, blueprints and papers. */
export const BANK_PAGES = place(
  ["AUTHOR", "REVIEWER", "OFFICE", "QUALITY_SUPERVISOR"],
  { path: "/banks", name: "banks", title: "office.bank.title", component: () => import("./BankListPage.vue") },
  {
    path: "/banks/:bankId/items",
    name: "items",
    title: "office.bank.page.items",
    component: () => import("./ItemListPage.vue"),
  },
  {
    path: "/banks/:bankId/items/new",
    name: "item-new",
    title: "office.item.new",
    roles: AUTHOR,
    component: () => import("./ItemEditPage.vue"),
  },
  {
    path: "/banks/:bankId/coverage",
    name: "coverage",
    title: "office.bank.page.coverage",
    component: () => import("./CoveragePage.vue"),
  },
  {
    path: "/banks/:bankId/practicals",
    name: "practicals",
    title: "office.bank.page.practicals",
    component: () => import("./PracticalListPage.vue"),
  },
  {
    path: "/banks/:bankId/practicals/new",
    name: "practical-new",
    title: "office.practical.new",
    roles: AUTHOR,
    component: () => import("./PracticalEditPage.vue"),
  },
  {
    path: "/banks/:bankId/practicals/:taskId/edit",
    name: "practical-edit",
    title: "office.practical.edit",
    roles: AUTHOR,
    component: () => import("./PracticalEditPage.vue"),
  },
  ...BANK_FILE_PAGES,
  ...LIKENESS_PAGES,
  ...REGISTERED_PAGES,
  ...SECRECY_PAGES,
  {
    path: "/banks/:bankId/blueprints",
    name: "blueprints",
    title: "office.bank.page.blueprints",
    roles: PAPER_READERS,
    component: () => import("../papers/BlueprintListPage.vue"),
  },
  {
    path: "/banks/:bankId/papers",
    name: "papers",
    title: "office.bank.page.papers",
    roles: PAPER_READERS,
    component: () => import("../papers/PaperListPage.vue"),
  },
  {
    path: "/papers/:paperId",
    name: "paper",
    title: "office.paper.title",
    roles: PAPER_READERS,
    component: () => import("../papers/PaperPage.vue"),
  },
  {
    path: "/papers/:paperId/specimen",
    name: "specimen",
    title: "office.paper.specimen",
    roles: PAPER_READERS,
    component: () => import("../papers/SpecimenPage.vue"),
  },
  { path: "/items/:itemId", name: "item", title: "office.item.title", component: () => import("./ItemPage.vue") },
  {
    path: "/items/:itemId/edit",
    name: "item-edit",
    title: "office.item.edit",
    roles: AUTHOR,
    component: () => import("./ItemEditPage.vue"),
  },
);
