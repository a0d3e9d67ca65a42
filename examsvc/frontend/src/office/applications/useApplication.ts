import { computed, type ComputedRef, inject, type InjectionKey, provide, reactive, type Ref, shallowRef, watch } from "vue";

import { api, type Schemas, take } from "@/api/client";
import { toast } from "@/shared/toasts";

import { type Action, useAction } from "../parts/useAction";
import type { ApplicationView, Materials } from "./sections";

export type Draft = Pick<Schemas["FilledInput"], "statements" | "answers">;
type Act = (path: { case_id: string }, version: number) => Promise<ApplicationView>;

/** One application on the page: what the server last said, what was typed since, and how to change it. */
export interface Desk {
  view: Readonly<Ref<ApplicationView>>;
  materials: ComputedRef<Materials>;
  mayEdit: ComputedRef<boolean>;
  draft: Draft;
  isDirty: ComputedRef<boolean>;
  action: Action;
  save: () => Promise<boolean>;
  /** Do something with the version that is shown; the answer is the fresh application, `done` is said in passing. */
  change: (act: Act, done?: string) => Promise<boolean>;
}

const KEY: InjectionKey<Desk> = Symbol("application");

function draftOf({ statements, answers }: Materials): Draft {
  const of = (name: string): boolean => answers[name] ?? false;
  return {
    statements: { ...statements, department_head: statements.department_head ?? "" },
    answers: {
      registered_here: of("registered_here"),
      finance_rules: of("finance_rules"),
      management_rules: of("management_rules"),
      good_credit: of("good_credit"),
      not_for_profit: of("not_for_profit"),
      supervised: of("supervised"),
    },
  };
}

/** Make the desk of an application that has been begun; what was typed survives answers about other things. */
export function useApplicationDesk(first: ApplicationView & { materials: Materials }): Desk {
  const action = useAction();
  const view = shallowRef<ApplicationView>(first);
  const materials = computed(() => view.value.materials ?? first.materials);
  const draft = reactive(draftOf(first.materials));
  const kept = shallowRef(JSON.stringify(draft));
  const isDirty = computed(() => JSON.stringify(draft) !== kept.value);

  watch(materials, (fresh) => {
    const wasDirty = isDirty.value;
    const next = draftOf(fresh);
    kept.value = JSON.stringify(next);
    if (!wasDirty) Object.assign(draft, next);
  });

  async function change(act: Act, done?: string): Promise<boolean> {
    const path = { case_id: view.value.case_id };
    const succeeded = await action.run(async () => (view.value = await act(path, view.value.version)));
    if (succeeded && done) toast("good", done);
    return succeeded;
  }

  async function save(): Promise<boolean> {
    const { statements, answers } = JSON.parse(JSON.stringify(draft)) as Draft;
    const body = { statements: { ...statements, credit_checked_on: statements.credit_checked_on || null }, answers };
    const put: Act = (path, version) => take(api.PUT("/api/cases/{case_id}/application", { params: { path }, body: { ...body, version } }));
    return change(put);
  }

  const mayEdit = computed(() => view.value.permissions.may_edit);
  const desk = { view, materials, mayEdit, draft, isDirty, action, save, change };
  provide(KEY, desk);
  return desk;
}

/** The desk of the page around. */
export function useDesk(): Desk {
  const desk = inject(KEY);
  if (!desk) throw new Error("no application around");
  return desk;
}
