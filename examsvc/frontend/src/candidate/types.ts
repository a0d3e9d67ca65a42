/** What the API says about a candidate's own sitting, by the names that the pages use. */

import type { Schemas } from "@/api/client";

export type { Question } from "@/question/types";

export type SittingView = Schemas["SittingView"];
export type SittingState = SittingView["state"];
export type OwnSitting = Schemas["OwnSitting"];
export type OwnCertificate = Schemas["CertificateView"];

export type Paper = Schemas["CandidatePaper"];

export type SystemCheck = Schemas["SystemCheckInput"];
export type ClockChange = Schemas["ClockChange"];
