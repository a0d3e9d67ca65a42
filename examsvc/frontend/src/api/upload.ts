type Files = Record<string, File | null>;

/** Options of a call that sends files as a form, without those that are null; the API's types know a file only as text. */
export function formOf<Given extends Files>(files: Given): { body: Record<keyof Given, string>; bodySerializer: () => FormData } {
  const form = new FormData();
  for (const [name, file] of Object.entries<File | null>(files)) if (file) form.append(name, file);
  return { body: files as unknown as Record<keyof Given, string>, bodySerializer: () => form };
}
