import { createEntryRouter } from "@/shared/entryRouter";

import EntrancePage from "./entrance/EntrancePage.vue";
import HandOverPage from "./entrance/HandOverPage.vue";
import SparePage from "./entrance/SparePage.vue";
import ProvingPage from "./safeBrowser/ProvingPage.vue";
import SittingPage from "./SittingPage.vue";

export const router = createEntryRouter("candidate", [
  { path: "/", name: "entrance", component: EntrancePage, meta: { title: "candidate.list.title" } },
  {
    path: "/hand-over",
    name: "hand-over",
    component: HandOverPage,
    meta: { title: "candidate.handOver.title", isOpen: true },
  },
  { path: "/spare", name: "spare", component: SparePage, meta: { title: "candidate.spare.title", isOpen: true } },
  {
    path: "/sittings/:id([0-9a-f-]+)",
    name: "sitting",
    component: SittingPage,
    props: true,
    meta: { title: "candidate.waiting.title" },
  },
  {
    path: "/sittings/:id([0-9a-f-]+)/safe-browser/:nonce",
    name: "safe-browser",
    component: ProvingPage,
    props: true,
    meta: { title: "candidate.safeBrowser.title" },
  },
  // Safe Exam Browser ends itself when it is told to go there; another browser has nothing to leave.
  { path: "/leave/:examSessionId", redirect: "/" },
]);
