import { api, sendPatiently, take } from "@/api/client";
import { keep } from "@/shared/keep";

/** Put these sittings on paper, and keep what is printed for them as a file; throws a Refusal. */
export async function printPapers(exam_session_id: string, sitting_ids: string[], reason: string, fileName: string): Promise<void> {
  const params = { path: { exam_session_id } };
  const call = api.POST("/api/wall/{exam_session_id}/on-paper/print", {
    params,
    body: { sitting_ids, reason },
    parseAs: "blob",
    fetch: sendPatiently,
  });
  keep((await take(call)) as unknown as Blob, fileName);
}
