import { place } from "../places";

/** Where people belong, entered by the centre; where one gets letters, for everybody. */
export const PEOPLE_PAGES = [
  ...place(["REGISTRAR"], {
    path: "/belonging",
    name: "belonging",
    title: "office.belonging.title",
    component: () => import("./PeoplePage.vue"),
  }),
  ...place(undefined, {
    path: "/letters",
    name: "letters",
    title: "office.belonging.letters.title",
    component: () => import("./LettersPage.vue"),
  }),
];
