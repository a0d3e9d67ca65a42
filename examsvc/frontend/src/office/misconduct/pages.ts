import { place } from "../places";

/** Misconduct on the record, for those who rule on it, review it or supervise. */
export const MISCONDUCT_PAGES = place(
  ["OFFICE", "DECISION_MAKER", "QUALITY_SUPERVISOR"],
  {
    path: "/misconduct",
    name: "misconduct",
    title: "misconduct.list.title",
    component: () => import("./MisconductListPage.vue"),
  },
  {
    path: "/misconduct/:recordId",
    name: "misconduct-record",
    title: "misconduct.title",
    component: () => import("./MisconductPage.vue"),
  },
  {
    path: "/sessions/:sessionId/enrolments/:enrolmentId/misconduct",
    name: "misconduct-new",
    title: "misconduct.list.new",
    component: () => import("./NewRecordPage.vue"),
  },
);
