/** Where the candidate is in the paper, kept over a reload, and how the paper is laid out, kept over visits. */

import { computed, nextTick, ref, watch } from "vue";

import { recall, remember } from "@/shared/remembered";

import type { Exam } from "../useExam";

export type Layout = "single" | "all";
export type Place = ReturnType<typeof usePlace>;

export function usePlace(sittingId: string, exam: Exam) {
  const name = `examsvc.place.${sittingId}`;
  const current = ref(read(name) ?? "");
  const layout = ref<Layout>(recall("paper-layout") === "all" ? "all" : "single");
  const at = computed(() =>
    Math.max(
      0,
      exam.questions.value.findIndex(({ ref: itemRef }) => itemRef === current.value),
    ),
  );
  const question = computed(() => exam.questions.value[at.value]);

  watch(question, (now) => (current.value = now?.ref ?? ""), { immediate: true });
  watch(current, (now) => keep(name, now));

  function goTo(itemRef: string): void {
    current.value = itemRef;
    void focusLater();
  }

  function step(by: 1 | -1): void {
    const next = exam.questions.value[at.value + by];
    if (next) goTo(next.ref);
  }

  function layOut(as: Layout): void {
    layout.value = as;
    remember("paper-layout", as);
    void nextTick(show);
  }

  /** Note where the focus went by itself. */
  function note(itemRef: string): void {
    current.value = itemRef;
  }

  async function focusLater(): Promise<void> {
    await nextTick();
    focus();
  }

  /** Bring the current question into sight. */
  function show(): void {
    if (layout.value === "all") document.getElementById(idOf(current.value))?.scrollIntoView({ block: "start" });
    else scrollTo({ top: 0 });
  }

  /** Let keyboards and screen readers begin at the current question. */
  function focus(): void {
    document.getElementById(idOf(current.value))?.focus({ preventScroll: true });
    show();
  }

  return { current, layout, at, question, goTo, step, layOut, note, focus };
}

export function idOf(itemRef: string): string {
  return `question-${itemRef}`;
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // After a reload the paper then begins at the first question.
  }
}
