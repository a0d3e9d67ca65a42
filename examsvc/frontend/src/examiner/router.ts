import { createEntryRouter } from "@/shared/entryRouter";

import CandidatesPage from "./pages/CandidatesPage.vue";
import ExamSessionsPage from "./pages/ExamSessionsPage.vue";
import SheetPage from "./pages/SheetPage.vue";
import SignPage from "./pages/SignPage.vue";
import WrittenQuestionPage from "./pages/WrittenQuestionPage.vue";
import WrittenSessionPage from "./pages/WrittenSessionPage.vue";

const ID = "([0-9a-f-]{36})";

export const router = createEntryRouter("examiner", [
  { path: "/", name: "home", component: ExamSessionsPage, meta: { title: "examiner.sessions.title" } },
  {
    path: `/sessions/:id${ID}`,
    name: "candidates",
    component: CandidatesPage,
    props: true,
    meta: { title: "examiner.candidates.title" },
  },
  { path: `/sheets/:id${ID}`, name: "sheet", component: SheetPage, props: true, meta: { title: "examiner.sheet.title" } },
  { path: `/sheets/:id${ID}/sign`, name: "sign", component: SignPage, props: true, meta: { title: "examiner.sign.title" } },
  { path: `/written/:id${ID}`, name: "written", component: WrittenSessionPage, props: true, meta: { title: "examiner.written.title" } },
  {
    path: `/written/:id${ID}/questions/:versionId${ID}`,
    name: "written-question",
    component: WrittenQuestionPage,
    props: true,
    meta: { title: "examiner.written.title" },
  },
]);
