/** Options of a call that sends files as a form; the API's types know a file only as text. */
export function formOf<Name extends string>(files: Record<Name, File>): { body: Record<Name, string>; bodySerializer: () => FormData } {
  const form = new FormData();
  for (const [name, file] of Object.entries<File>(files)) form.append(name, file);
  return { body: files as unknown as Record<Name, string>, bodySerializer: () => form };
}
