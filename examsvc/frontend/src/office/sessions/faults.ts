import { ref, watch, type WatchSource } from "vue";

/** Counts what may have mended, or made, a fault of the exam session that is shown. */
export const changes = ref(0);

/** Have the session's faults asked for again whenever the source changes: its staff, seats, people, accommodations. */
export function askForFaultsWith(source: WatchSource): void {
  watch(source, () => (changes.value += 1));
}
