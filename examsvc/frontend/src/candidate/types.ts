/** What the API says about a candidate's own sitting, by the names that the pages use. */

import type { Schemas } from "@/api/client";
import type { ItemType, Question } from "@/question/types";

export type { Question } from "@/question/types";

export type SittingView = Schemas["SittingView"];
export type SittingState = SittingView["state"];
export type OwnSitting = Schemas["OwnSitting"];
export type OwnCertificate = Schemas["CertificateView"];

export type Paper = Omit<Schemas["CandidatePaper"], "sections"> & { sections: Section[] };
/** The questions of one type, in their order. */
export interface Section {
  type: ItemType;
  questions: Question[];
}

export type SystemCheck = Schemas["SystemCheckInput"];
