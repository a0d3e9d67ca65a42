/** What the server's checks of form say about a field, as the key of a word of ours. */
const KNOWN: readonly [RegExp, string][] = [
  [/^Missing data|may not be null|^Not a valid UUID|minimum length 1\b|between 1 and|^Length must be 1\b/, "office.fault.required"],
  [/^Longer than|maximum length/, "office.fault.tooLong"],
  [/^Not a valid (integer|number)/, "office.fault.notWhole"],
  [/^Not a valid (datetime|date)/, "office.fault.notTime"],
  [/^Must be (greater|less)|^Must be between/, "office.fault.outOfRange"],
];

/** Return the key of the word for a message; `office.fault.other` for one that we do not know. */
export function faultKey(message: string): string {
  return KNOWN.find(([pattern]) => pattern.test(message))?.[1] ?? "office.fault.other";
}
