import { useI18n } from "vue-i18n";

/** Return a function that names an audit action in the page's language; one it does not know is shown as it is. */
export function useActionWord(): (action: string) => string {
  const { t, te } = useI18n();
  return (action) => {
    const key = `office.audit.${action.replaceAll(".", "_")}`;
    return te(key) ? t(key) : action;
  };
}
