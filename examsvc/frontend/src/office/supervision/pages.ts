import { place } from "../places";

/** Quality supervision: reads all. */
export const SUPERVISION_PAGES = place(
  ["QUALITY_SUPERVISOR", "REGISTRAR", "BUREAU"],
  {
    path: "/supervision",
    name: "supervision",
    title: "office.supervision.title",
    component: () => import("./DashboardPage.vue"),
  },
  {
    path: "/supervision/:sessionId",
    name: "trail",
    title: "office.supervision.trail",
    component: () => import("./TrailPage.vue"),
  },
  {
    path: "/supervision/:sessionId/analysis",
    name: "supervised-analysis",
    title: "office.analysis.title",
    roles: ["QUALITY_SUPERVISOR"],
    component: () => import("./SupervisedAnalysisPage.vue"),
  },
);
