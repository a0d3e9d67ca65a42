import { place } from "../places";

/** What exam sessions are held in, and in which batch they are archived. */
export const ROOM_PAGES = [
  ...place(["OFFICE"], { path: "/batches", name: "batches", title: "office.rooms.batch.title", component: () => import("./BatchesPage.vue") }),
  ...place(["OFFICE"], { path: "/rooms", name: "rooms", title: "office.rooms.title", component: () => import("./RoomsPage.vue") }),
];
