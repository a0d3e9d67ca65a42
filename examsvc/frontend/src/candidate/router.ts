import { createEntryRouter } from "@/shared/entryRouter";

import EntrancePage from "./entrance/EntrancePage.vue";
import SittingPage from "./SittingPage.vue";

export const router = createEntryRouter("candidate", [
  { path: "/", name: "entrance", component: EntrancePage, meta: { title: "candidate.list.title" } },
  {
    path: "/sittings/:id([0-9a-f-]+)",
    name: "sitting",
    component: SittingPage,
    props: true,
    meta: { title: "candidate.waiting.title" },
  },
]);
