import type { OfficePage } from "../places";
import { place } from "../places";

const READERS = ["OFFICE", "QUALITY_SUPERVISOR", "REGISTRAR", "BUREAU", "DISTRICT", "RECOMMENDER", "EXPERT"];

/** An organisation's application, reached from its case, and the desk of the district bureau. */
export const APPLICATION_PAGES: readonly OfficePage[] = [
  {
    path: "/cases/:caseId/application",
    name: "application",
    title: "office.applications.title",
    under: "cases",
    roles: READERS,
    component: () => import("./ApplicationPage.vue"),
  },
  ...place(["DISTRICT"], {
    path: "/district/centres",
    name: "district-centres",
    title: "office.applications.district.title",
    component: () => import("./DistrictCentresPage.vue"),
  }),
];
