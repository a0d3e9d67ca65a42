/** Where the candidate is in the paper, kept over a reload, and how the paper is laid out, kept over visits. */

import { computed, nextTick, ref, watch } from "vue";

import { isAnswered, isPartly } from "@/question/rules/answers";
import { recall, remember } from "@/shared/remembered";

import type { Exam } from "../useExam";

export type Layout = "single" | "all";
export type Place = ReturnType<typeof usePlace>;

export function usePlace(sittingId: string, exam: Exam) {
  const name = `examsvc.place.${sittingId}`;
  const current = ref(read(name) ?? "");
  const wanted = ref<Layout>(recall("paper-layout") === "all" ? "all" : "single");
  const isFree = computed(() => !exam.isSequential.value && !exam.isBySection.value);
  const layout = computed<Layout>(() => (isFree.value ? wanted.value : "single"));
  /** Asked for where nobody goes back: the current question is open, or a section is left. */
  const isLeaving = ref(false);
  const at = computed(() => (exam.mayGoTo(current.value) ? placeOf(current.value) : exam.reached.value));
  const question = computed(() => exam.questions.value[at.value]);

  watch(question, (now) => (current.value = now?.ref ?? ""), { immediate: true });
  watch(current, (now) => keep(name, now));

  function placeOf(itemRef: string): number {
    return exam.questions.value.findIndex((question) => question.ref === itemRef);
  }

  /** Go to a question, as far as one may. */
  function goTo(itemRef: string): void {
    if (!exam.mayGoTo(itemRef)) return;
    current.value = itemRef;
    void focusLater();
  }

  function step(by: 1 | -1): void {
    const next = exam.questions.value[at.value + by];
    if (!next || (by < 0 && !exam.mayGoTo(next.ref))) return;
    if (!exam.mayGoTo(next.ref) && (exam.isBySection.value || isOpen())) isLeaving.value = true;
    else moveTo(next.ref);
  }

  function moveTo(itemRef: string): void {
    if (!exam.mayGoTo(itemRef)) exam.reach(itemRef);
    goTo(itemRef);
  }

  /** Whether the neighbour is there, and not in a section that was left. */
  function hasPrevious(): boolean {
    const before = exam.questions.value[at.value - 1];
    return before !== undefined && exam.mayGoTo(before.ref);
  }

  /** Whether going on leaves a section for good. */
  function endsSection(): boolean {
    const next = exam.questions.value[at.value + 1];
    return exam.isBySection.value && next !== undefined && !exam.mayGoTo(next.ref);
  }

  /** Whether the current question is not wholly answered. */
  function isOpen(): boolean {
    const answer = question.value ? exam.heldOf(question.value.ref).answer : null;
    return question.value !== undefined && (!isAnswered(answer) || isPartly(question.value, answer));
  }

  /** Leave the question, or its section, for good. */
  function leave(): void {
    isLeaving.value = false;
    const next = exam.questions.value[at.value + 1];
    if (next) moveTo(next.ref);
  }

  function stay(): void {
    isLeaving.value = false;
  }

  function layOut(as: Layout): void {
    wanted.value = as;
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

  return { current, layout, at, question, isLeaving, isFree, hasPrevious, endsSection, leave, stay, goTo, step, layOut, note, focus };
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
