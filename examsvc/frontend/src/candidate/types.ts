/** What the API says about a candidate's own sitting, by the names that the pages use. */

import type { Schemas } from "@/api/client";

export type SittingView = Schemas["SittingView"];
export type SittingState = SittingView["state"];
export type OwnSitting = Schemas["OwnSitting"];
export type OwnCertificate = Schemas["CertificateView"];

export type Paper = Schemas["CandidatePaper"];
export type Section = Schemas["CandidateSection"];
export type Question = Schemas["CandidateQuestion"];
export type Option = Schemas["CandidateOption"];
export type ItemType = Section["type"];

export type SystemCheck = Schemas["SystemCheckInput"];
