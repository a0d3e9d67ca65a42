import { api, type Schemas, take } from "@/api/client";

export type Job = Schemas["JobView"];

/** Return whether somebody still works, or will work, on the job. */
export function isOpen({ state }: Job): boolean {
  return state === "WAITING" || state === "RUNNING";
}

/** Return how far a job of mine is. */
export function jobOf(jobId: string): Promise<Job> {
  return take(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: jobId } } }));
}

/** Return my latest jobs, newest first: all, or of one kind about one thing. */
export async function myJobs(query: { kind?: string; about?: string } = {}): Promise<Job[]> {
  return (await take(api.GET("/api/jobs", { params: { query } }))).items;
}

/** Call a job of mine off. */
export function callOff(jobId: string): Promise<Job> {
  return take(api.POST("/api/jobs/{job_id}/cancel", { params: { path: { job_id: jobId } } }));
}
