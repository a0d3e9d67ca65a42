/** Whether a bank is secret, and who looked; it stands among the bank's own pages. */
export const SECRECY_PAGES = [
  {
    path: "/banks/:bankId/secrecy",
    name: "secrecy",
    title: "office.bank.page.secrecy",
    roles: ["OFFICE", "QUALITY_SUPERVISOR"],
    component: () => import("./SecrecyPage.vue"),
  },
];
