import { computed, type Ref, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";

import { Refusal } from "@/api/refusal";

import { faultKey } from "./fieldFault";

/** Something the person does: never twice at once, and what was refused stays readable. */
export interface Action {
  busy: Readonly<Ref<boolean>>;
  failure: Readonly<Ref<unknown>>;
  /** What the server said about a field, in the page's language, or "". */
  errorOf: (field: string) => string;
  /** Do it unless it is being done; says whether it succeeded. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
  forget: () => void;
}

export function useAction(): Action {
  const { t } = useI18n();
  const busy = ref(false);
  const failure = shallowRef<unknown>(null);
  const errors = computed(() => (failure.value instanceof Refusal ? failure.value.errors : {}));

  async function run(act: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await act();
      failure.value = null;
      return true;
    } catch (thrown) {
      failure.value = thrown;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    failure,
    errorOf: (field) => [...new Set(errors.value[`json.${field}`]?.map((message) => t(faultKey(message))))].join(" "),
    run,
    forget: () => (failure.value = null),
  };
}
