import { place } from "../places";
import { CASE_ROLES } from "./caseTones";

/** Cases on their way to filing: lists, one case, the board of the centre, deadlines. */
export const CASE_PAGES = [
  ...place(
    CASE_ROLES,
    { path: "/cases", name: "cases", title: "office.cases.title", component: () => import("./CaseListPage.vue") },
    { path: "/cases/:caseId", name: "case", title: "office.cases.title", component: () => import("./CasePage.vue") },
  ),
  ...place(["REGISTRAR", "BUREAU"], {
    path: "/board",
    name: "board",
    title: "office.desks.board",
    component: () => import("./BoardPage.vue"),
  }),
  ...place(CASE_ROLES, {
    path: "/calendar",
    name: "calendar",
    title: "office.desks.calendar",
    component: () => import("./CalendarPage.vue"),
  }),
];
