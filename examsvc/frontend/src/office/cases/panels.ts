import type { Component } from "vue";

import type { components } from "@/api/schema";

import { APPLICATION_STATES } from "../applications/sections";
import { DEVELOPMENT_STATES } from "../developing/development";
import { REVIEWED_STATES } from "../reviews/types";

export type CaseView = components["schemas"]["CaseView"];

/** What an area of the procedure shows on a case's page. Its component takes `kase` and emits "changed". */
export interface CasePanel {
  id: string;
  component: () => Promise<Component | { default: Component }>;
  shows: (kase: CaseView, roles: readonly string[]) => boolean;
  /** The states in which this is what has to be done now: it then stands above the others. */
  leads?: ReadonlySet<string>;
}

/** From the selection of the scheme on there may be a notice. */
const PUBLICITY_STATES = new Set(["SELECTED", "SCHEME_PUBLICITY", "SCHEME_PUBLICISED", "BUREAU_AGREED", "PUBLICITY", "PUBLICISED", "FILED", "REJECTED"]);

/** Every panel, in the order of the page. */
export const PANELS: readonly CasePanel[] = [
  {
    id: "reviews",
    component: () => import("../reviews/ReviewPanel.vue"),
    shows: ({ state }) => REVIEWED_STATES.has(state),
  },
  {
    id: "application",
    component: () => import("../applications/ApplicationPanel.vue"),
    shows: ({ state }) => APPLICATION_STATES.has(state),
    leads: new Set(["SCHEME_PUBLICISED", "APPLYING"]),
  },
  {
    id: "publicity",
    component: () => import("../publicity/PublicityPanel.vue"),
    shows: ({ state }) => PUBLICITY_STATES.has(state),
    leads: new Set(["BUREAU_AGREED", "PUBLICITY", "PUBLICISED", "FILED"]),
  },
  {
    id: "development",
    component: () => import("../developing/DevelopmentPanel.vue"),
    shows: ({ state }) => DEVELOPMENT_STATES.has(state),
    leads: new Set(["DEVELOPING"]),
  },
];

/** The panels of a case for somebody with these roles, what has to be done now first. */
export function panelsOf<P extends CasePanel>(panels: readonly P[], kase: CaseView, roles: readonly string[]): P[] {
  const rank = ({ leads }: P): number => (leads?.has(kase.state) ? 0 : 1);
  return panels.filter((panel) => panel.shows(kase, roles)).sort((one, other) => rank(one) - rank(other));
}
