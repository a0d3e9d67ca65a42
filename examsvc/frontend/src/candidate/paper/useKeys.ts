/** Keys on the paper. */

import { nextTick, onScopeDispose } from "vue";

import { actionOf, type KeyAction, type Stroke } from "../rules/keyboard";
import { optionsOf, picked } from "../rules/answering";
import type { Exam } from "../useExam";
import { idOf, type Place } from "./usePlace";

interface Keys {
  isActive(): boolean;
  place: Place;
  exam: Exam;
  help(): void;
}

export function useKeys(keys: Keys): void {
  const listen = (event: KeyboardEvent): void => {
    const action = keys.isActive() ? actionOf(strokeOf(event)) : null;
    if (!action) return;
    event.preventDefault();
    act(keys, action);
  };
  addEventListener("keydown", listen);
  onScopeDispose(() => removeEventListener("keydown", listen));
}

function act({ place, exam, help }: Keys, action: KeyAction): void {
  const question = place.question.value;
  if (action.kind === "next") place.step(1);
  else if (action.kind === "previous") place.step(-1);
  else if (action.kind === "help") help();
  else if (!question) return;
  else if (action.kind === "flag") exam.flag(question.ref, !exam.heldOf(question.ref).flagged);
  else {
    const option = optionsOf(question)[action.index];
    if (!option) return;
    exam.answer(question.ref, picked(question.type, question, exam.heldOf(question.ref).answer, option.id));
    void focusOption(question.ref, option.id);
  }
}

async function focusOption(itemRef: string, optionId: string): Promise<void> {
  await nextTick();
  const card = document.getElementById(idOf(itemRef));
  card?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(optionId)}"]`)?.focus({ preventScroll: true });
}

function strokeOf(event: KeyboardEvent): Stroke {
  return {
    key: event.key,
    hasModifier: event.ctrlKey || event.altKey || event.metaKey,
    isComposing: event.isComposing,
    focus: focusOf(event.target),
  };
}

const CHOICES = new Set(["radio", "checkbox"]);

function focusOf(target: EventTarget | null): Stroke["focus"] {
  if (target instanceof HTMLInputElement) {
    if (!CHOICES.has(target.type)) return "text";
    return target.type === "radio" ? "choice" : "none";
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ? "text" : "none";
}
