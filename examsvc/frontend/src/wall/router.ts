import { createEntryRouter } from "@/shared/entryRouter";

import DoorPage from "./door/DoorPage.vue";
import DoorsPage from "./door/DoorsPage.vue";
import SessionsPage from "./pages/SessionsPage.vue";
import SparePage from "./pages/SparePage.vue";
import WallPage from "./pages/WallPage.vue";

export const router = createEntryRouter("wall", [
  { path: "/", name: "home", component: SessionsPage, meta: { title: "wall.sessions.title" } },
  { path: "/spare", name: "spare", component: SparePage, meta: { title: "wall.sessions.title" } },
  { path: "/:examSessionId([0-9a-f-]{36})", name: "wall", component: WallPage, props: true, meta: { title: "wall.title" } },
  { path: "/:examSessionId([0-9a-f-]{36})/door", name: "doors", component: DoorsPage, props: true, meta: { title: "door.title" } },
  { path: "/:examSessionId([0-9a-f-]{36})/door/:roomId([0-9a-f-]{36})", name: "door", component: DoorPage, props: true, meta: { title: "door.title" } },
]);
