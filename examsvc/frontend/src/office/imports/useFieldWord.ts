import { useI18n } from "vue-i18n";

const OPTION = /^option_([a-z])$/;

/** Return a function that names what a column may be taken for. */
export function useFieldWord(): (field: string) => string {
  const { t } = useI18n();
  return (field) => {
    const letter = OPTION.exec(field)?.[1]?.toUpperCase();
    return letter ? t("office.item.option", { letter }) : t(`office.importing.field.${field}`);
  };
}
