import { place } from "../places";

/** Public notices, the objections to them, and what is filed afterwards; for the centre, and the bureau to read. */
export const PUBLICITY_PAGES = [
  ...place(
    ["REGISTRAR", "BUREAU"],
    { path: "/notices", name: "notices", title: "office.publicity.notices", component: () => import("./NoticesPage.vue") },
    { path: "/notices/new", name: "notice-new", title: "office.publicity.compose", roles: ["REGISTRAR"], component: () => import("./ComposePage.vue") },
  ),
  ...place(
    ["REGISTRAR"],
    { path: "/objections", name: "objections", title: "office.publicity.objections", component: () => import("./ObjectionsPage.vue") },
    { path: "/objections/:objectionId", name: "objection", title: "office.publicity.objections", component: () => import("./ObjectionPage.vue") },
  ),
  ...place(
    ["REGISTRAR"],
    { path: "/filings", name: "filings", title: "office.publicity.filings", component: () => import("./FilingsPage.vue") },
  ),
];
