import { place } from "../places";

/** Exam sessions, for the assessment organisation. */
export const SESSION_PAGES = place(
  ["OFFICE"],
  {
    path: "/sessions",
    name: "sessions",
    title: "office.session.title",
    component: () => import("./SessionListPage.vue"),
  },
  {
    path: "/sessions/new",
    name: "session-new",
    title: "office.session.new",
    component: () => import("./SessionEditPage.vue"),
  },
  {
    path: "/sessions/:sessionId/edit",
    name: "session-edit",
    title: "office.session.editing",
    component: () => import("./SessionEditPage.vue"),
  },
  {
    path: "/sessions/:sessionId",
    name: "session",
    title: "office.session.page.session",
    component: () => import("./OverviewPage.vue"),
  },
  {
    path: "/sessions/:sessionId/enrolments",
    name: "enrolments",
    title: "office.session.page.enrolments",
    component: () => import("./EnrolmentsPage.vue"),
  },
  {
    path: "/sessions/:sessionId/enrolments/:enrolmentId/paper",
    name: "candidate-paper",
    title: "office.enrolment.paperTitle",
    component: () => import("./CandidatePaperPage.vue"),
  },
  {
    path: "/sessions/:sessionId/rooms",
    name: "session-rooms",
    title: "office.session.page.rooms",
    component: () => import("../rooms/SeatPlanPage.vue"),
  },
  {
    path: "/sessions/:sessionId/accommodations",
    name: "accommodations",
    title: "office.session.page.accommodations",
    component: () => import("../accommodations/AccommodationsPage.vue"),
  },
  {
    path: "/sessions/:sessionId/safe-browser",
    name: "session-safe-browser",
    title: "office.session.page.safeBrowser",
    component: () => import("../safeBrowser/SafeBrowserPage.vue"),
  },
  {
    path: "/sessions/:sessionId/people",
    name: "people",
    title: "office.session.page.people",
    component: () => import("../staffing/StaffingPage.vue"),
  },
  {
    path: "/sessions/:sessionId/marking",
    name: "marking",
    title: "office.session.page.marking",
    component: () => import("../marking/MarkingPage.vue"),
  },
  {
    path: "/sessions/:sessionId/results",
    name: "results",
    title: "office.session.page.results",
    component: () => import("./ResultsPage.vue"),
  },
  {
    path: "/sessions/:sessionId/analysis",
    name: "analysis",
    title: "office.session.page.analysis",
    component: () => import("../analysis/AnalysisPage.vue"),
  },
  {
    path: "/sessions/:sessionId/reconciliation",
    name: "reconciliation",
    title: "office.reconciliation.title",
    component: () => import("../reconciling/ReconciliationPage.vue"),
  },
  {
    path: "/sessions/:sessionId/enrolments/:enrolmentId/late",
    name: "late-answers",
    title: "office.late.title",
    component: () => import("../reconciling/LateAnswersPage.vue"),
  },
  {
    path: "/sessions/:sessionId/on-paper",
    name: "on-paper",
    title: "office.onPaper.title",
    component: () => import("../onPaper/OnPaperPage.vue"),
  },
  {
    path: "/sessions/:sessionId/enrolments/:enrolmentId/on-paper",
    name: "paper-typing",
    title: "office.onPaper.type_in",
    component: () => import("../onPaper/TypingPage.vue"),
  },
  {
    path: "/sessions/:sessionId/enrolments/:enrolmentId/on-paper/differences",
    name: "paper-differences",
    title: "office.onPaper.decide",
    component: () => import("../onPaper/DifferencesPage.vue"),
  },
  {
    path: "/sessions/:sessionId/certificates",
    name: "certificates",
    title: "office.session.page.certificates",
    component: () => import("./CertificatesPage.vue"),
  },
);

/** The paper plans that somebody else than who wrote them approves. */
export const PLAN_PAGES = place(["DECISION_MAKER"], {
  path: "/paper-plans",
  name: "paper-plans",
  title: "office.paperPlan.title",
  component: () => import("./PaperPlansPage.vue"),
});
