import { onScopeDispose, type Ref, shallowRef, watch } from "vue";

import { Refusal } from "@/api/refusal";

import { isOpen, type Job, jobOf } from "./server";

const LOOK_EVERY_MS = 1_000;

/** Follow a job until it has ended, asking every second; a lost connection is tried again. Then `ended` is told, once. */
export function useJob(source: () => Job, ended: (job: Job) => void): Ref<Job> {
  const job = shallowRef(source());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function follow(): void {
    clearTimeout(timer);
    if (isOpen(job.value)) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  }

  async function look(): Promise<void> {
    const asked = job.value.job_id;
    const found = await jobOf(asked).catch(tryAgain);
    if (found === null || asked !== job.value.job_id) return;
    job.value = found;
    follow();
    if (!isOpen(found)) ended(found);
  }

  function tryAgain(thrown: unknown): null {
    if (thrown instanceof Refusal && thrown.isTransient) follow();
    return null;
  }

  watch(source, (given) => {
    job.value = given;
    follow();
  });
  follow();
  onScopeDispose(() => clearTimeout(timer));
  return job;
}
