/** Files brought into a bank and taken out of it; they stand among the bank's own pages. */
export const BANK_FILE_PAGES = [
  {
    path: "/banks/:bankId/import",
    name: "bank-import",
    title: "office.bank.page.bank-import",
    roles: ["AUTHOR"],
    component: () => import("./ImportPage.vue"),
  },
  {
    path: "/banks/:bankId/imports/:importId",
    name: "bank-import-report",
    title: "office.bank.page.bank-import",
    component: () => import("./ImportReportPage.vue"),
  },
  {
    path: "/banks/:bankId/export",
    name: "bank-export",
    title: "office.bank.page.bank-export",
    roles: ["AUTHOR", "REVIEWER", "OFFICE"],
    component: () => import("./ExportPage.vue"),
  },
];
