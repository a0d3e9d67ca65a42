import { api, type Schemas, take } from "@/api/client";

export type Step = "suspend" | "reinstate" | "withdraw";
type Certificate = Schemas["CertificateView"];

const STEPS: Readonly<Record<Certificate["state"], readonly Step[]>> = {
  VALID: ["suspend", "withdraw"],
  SUSPENDED: ["reinstate", "withdraw"],
  WITHDRAWN: [],
};

/** What may be done with a certificate in this state. */
export function stepsOf(state: Certificate["state"]): readonly Step[] {
  return STEPS[state];
}

/** Take the step, for a reason that is put on record. */
export function takeStep(step: Step, certificateId: string, reason: string): Promise<Certificate> {
  const options = { params: { path: { certificate_id: certificateId } }, body: { reason } };
  if (step === "suspend") return take(api.POST("/api/certificates/{certificate_id}/suspension", options));
  if (step === "reinstate") return take(api.POST("/api/certificates/{certificate_id}/reinstatement", options));
  return take(api.POST("/api/certificates/{certificate_id}/withdrawal", options));
}
