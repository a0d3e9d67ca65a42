import { place } from "../places";

/** The expert's desk; a case itself is read, and the opinion given, on the case's page. */
export const EXPERT_PAGES = place(["EXPERT"], {
  path: "/expert",
  name: "expert",
  title: "office.reviews.desk.title",
  component: () => import("./ExpertDeskPage.vue"),
});
