import type { Schemas } from "@/api/client";

export type CaseReviews = Schemas["CaseReviews"];
export type Review = Schemas["ReviewView"];
export type Meeting = Schemas["MeetingView"];
export type Panellist = Schemas["PanellistView"];
export type Conclusion = Schemas["ConclusionInput"]["conclusion"];

export const CHECK_ITEMS = ["ANNEXES", "CREDIT_CODE", "OCCUPATION", "INDUSTRY", "EMPLOYMENT", "DEMAND"] as const;
export const MEETING_KINDS = ["PANEL", "HEARING", "SITE_VISIT"] as const;
export const OPINIONS = ["PASS", "FAIL", "ABSTAIN"] as const;
export const CONCLUSIONS = ["PASS", "RETURN", "REJECT"] as const;

/** From here on a case has something to check, review or decide. */
export const REVIEWED_STATES: ReadonlySet<string> = new Set([
  ...["SUBMITTED", "RETURNED", "MATERIALS_CHECKED", "EXPERT_REVIEWED", "CITY_PASSED", "SENT_TO_NATIONAL", "NATIONAL_AGREED"],
  ...["SELECTED", "SCHEME_PUBLICITY", "SCHEME_PUBLICISED", "APPLYING", "APPLIED", "DEVELOPING", "HANDED_IN"],
  ...["SCHEME_ASSESSED", "BUREAU_AGREED", "PUBLICITY", "PUBLICISED", "FILED", "REJECTED", "ABANDONED", "WITHDRAWN"],
]);

/** The wall time of a picker in Shanghai as an instant, "" when nothing was picked. */
export const instantOf = (wall: string): string => (wall === "" ? "" : `${wall}:00+08:00`);
