import { APPLICATION_PAGES } from "./applications/pages";
import { HOLIDAY_PAGES } from "./calendar/pages";
import { CASE_PAGES } from "./cases/pages";
import { DECISION_PAGES } from "./decisions/pages";
import { BANK_PAGES, REVIEW_PAGES } from "./items/pages";
import { JOB_PAGES } from "./jobs/pages";
import { MISCONDUCT_PAGES } from "./misconduct/pages";
import { isFor, type OfficePage } from "./places";
import { PEOPLE_PAGES } from "./people/pages";
import { PUBLICITY_PAGES } from "./publicity/pages";
import { RECOMMENDING_PAGES } from "./recommending/pages";
import { REGISTRY_PAGES } from "./registry/pages";
import { EXPERT_PAGES } from "./reviews/pages";
import { ROOM_PAGES } from "./rooms/pages";
import { PLAN_PAGES, SESSION_PAGES } from "./sessions/pages";
import { SUPERVISION_PAGES } from "./supervision/pages";

export type { OfficePage };

/** Every page of the office. The side menu follows the notice: what is under way, then step by step to the exams. Each folder has a file pages.ts with its own. */
export const PAGES: readonly OfficePage[] = [
  { path: "/", name: "home", menu: "common.home.title", component: () => import("./HomePage.vue") },
  ...CASE_PAGES,
  ...HOLIDAY_PAGES,
  ...RECOMMENDING_PAGES,
  ...EXPERT_PAGES,
  ...APPLICATION_PAGES,
  ...BANK_PAGES,
  ...REVIEW_PAGES,
  ...JOB_PAGES,
  ...PUBLICITY_PAGES,
  ...PEOPLE_PAGES,
  ...REGISTRY_PAGES,
  ...SESSION_PAGES,
  ...ROOM_PAGES,
  ...MISCONDUCT_PAGES,
  ...PLAN_PAGES,
  ...DECISION_PAGES,
  ...SUPERVISION_PAGES,
];

type MenuPage = OfficePage & { menu: string };

/** Return the pages that stand in the side menu of somebody with these roles. */
export function menuOf(pages: readonly OfficePage[], roles: readonly string[]): MenuPage[] {
  return pages.filter((page): page is MenuPage => page.menu !== undefined && isFor(page, roles));
}
