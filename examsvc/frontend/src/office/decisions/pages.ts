import { place } from "../places";

/** Decisions, for those who did not examine. */
export const DECISION_PAGES = place(
  ["DECISION_MAKER"],
  {
    path: "/decisions",
    name: "decisions",
    title: "office.decision.title",
    component: () => import("./DecisionListPage.vue"),
  },
  {
    path: "/decisions/:sessionId",
    name: "decision",
    title: "office.decision.title",
    component: () => import("./DecisionPage.vue"),
  },
);
