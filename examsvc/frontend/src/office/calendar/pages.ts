import { place } from "../places";

/** When things are received, and which days are off; the centre imports the tables. */
export const HOLIDAY_PAGES = place(["REGISTRAR", "BUREAU", "DISTRICT", "RECOMMENDER", "OFFICE", "QUALITY_SUPERVISOR"], {
  path: "/holidays",
  name: "holidays",
  title: "office.calendar.title",
  component: () => import("./HolidaysPage.vue"),
});
