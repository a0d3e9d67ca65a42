/** Keys on the paper. */

import { nextTick, onScopeDispose } from "vue";

import { partAnswered, partOf } from "@/question/rules/composing";
import { isChoice, optionsOf, picked } from "@/question/rules/picking";
import { display } from "@/shared/display";

import { actionOf, type KeyAction, type Stroke } from "../rules/keyboard";
import type { Question } from "../types";
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
    const action = keys.isActive() ? actionOf(strokeOf(event), display.keys === "on") : null;
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
  else pick(exam, question, action.index);
}

/** Pick an option of the question, or in a composite of the part that has the focus. */
function pick(exam: Exam, question: Question, index: number): void {
  const box = document.activeElement?.closest<HTMLElement>("[data-part]") ?? document.getElementById(idOf(question.ref));
  const part = question.parts?.find(({ id }) => id === box?.dataset.part);
  const target = part ?? question;
  const option = isChoice(target.type) ? optionsOf(target)[index] : undefined;
  if (!option) return;
  const { answer } = exam.heldOf(question.ref);
  const given = picked(target, part ? partOf(answer, part.id) : answer, option.id);
  exam.answer(question.ref, part ? partAnswered(question, answer, part.id, given) : given);
  void focusOption(box, option.id);
}

async function focusOption(box: HTMLElement | null, optionId: string): Promise<void> {
  await nextTick();
  box?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(optionId)}"]`)?.focus({ preventScroll: true });
}

function strokeOf(event: KeyboardEvent): Stroke {
  return {
    key: event.key,
    hasModifier: event.ctrlKey || event.altKey || event.metaKey,
    isComposing: event.isComposing,
    focus: focusOf(event.target),
  };
}

const TEXT = "textarea, select, input:not([type=radio], [type=checkbox])";
/** Under `data-keys="own"` something else moves with the arrow keys. */
const OWN = "input[type=radio], [data-keys=own]";

function focusOf(target: EventTarget | null): Stroke["focus"] {
  if (!(target instanceof Element)) return "none";
  if (target.matches(TEXT)) return "text";
  return target.closest(OWN) ? "own" : "none";
}
