import { place } from "../places";

/** Where the recommending department writes and submits its recommendations. */
export const RECOMMENDING_PAGES = place(
  ["RECOMMENDER"],
  {
    path: "/recommendations",
    name: "recommendations",
    title: "office.recommending.list.title",
    component: () => import("./BatchListPage.vue"),
  },
  {
    path: "/recommendations/:batchId",
    name: "recommendation",
    title: "office.recommending.batch.title",
    component: () => import("./BatchPage.vue"),
  },
  {
    path: "/recommendations/:batchId/rows/new",
    name: "recommendation-row-new",
    title: "office.recommending.row.new",
    component: () => import("./RowPage.vue"),
  },
  {
    path: "/recommendations/:batchId/rows/:caseId",
    name: "recommendation-row",
    title: "office.recommending.row.edit",
    component: () => import("./RowPage.vue"),
  },
  {
    path: "/recommendations/:batchId/rows/:caseId/proposal",
    name: "recommendation-proposal",
    title: "office.recommending.proposal.title",
    component: () => import("./ProposalPage.vue"),
  },
  {
    path: "/recommendations/:batchId/rows/:caseId/main-content",
    name: "recommendation-content",
    title: "office.recommending.content.title",
    component: () => import("./ContentPage.vue"),
  },
);
