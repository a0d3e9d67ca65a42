import { place } from "../places";

/** The registry, for everybody. */
export const REGISTRY_PAGES = place(
  undefined,
  {
    path: "/registry",
    name: "registry",
    title: "office.registry.title",
    component: () => import("./RegistryPage.vue"),
  },
);
