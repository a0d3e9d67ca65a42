type Messages = Record<string, object>;

const files = import.meta.glob<object>("./*/registry/*.json", { eager: true, import: "default" });

/** Return the messages of the procedure's areas in one language, each file's under its name. */
export function areasOf(language: string): Messages {
  const folder = `./${language}/registry/`;
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(folder))
      .map(([path, messages]) => [path.slice(folder.length, -".json".length), messages]),
  );
}
