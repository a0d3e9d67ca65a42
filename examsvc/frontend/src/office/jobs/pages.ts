import { place } from "../places";

/** What the service does for those who asked for it. */
export const JOB_PAGES = place(
  ["AUTHOR", "OFFICE"],
  { path: "/jobs", name: "jobs", title: "office.job.title", component: () => import("./JobListPage.vue") },
);
