/** What a difference is about, in words: paths such as `content.options.b.text`. Pure. */

/** The words of a path that have names of their own (office.writing.field.*); ids and numbers stand for themselves. */
export const NAMED = new Set([
  ...["type", "difficulty", "importance", "bloom", "tags", "source", "rights", "knowledge_point", "explanation", "key"],
  ...["stem", "options", "text", "fixed", "blanks", "unit", "matches", "gaps", "picture", "marks", "length", "media", "alt"],
  ...["plays", "parts", "share", "right", "value", "tolerance", "case_sensitive", "scoring", "order", "pairs", "areas"],
  ...["reference", "points", "weights", "least", "mode", "shape", "coords", "width", "height", "digest", "kind", "media_type"],
]);

/** Return the steps of a path that say something; that content is content does not. The points of a content are places to mark. */
export function stepsOf(field: string): string[] {
  if (field === "content.points") return ["marks"];
  return field.replace(/^content\./, "").split(".");
}

/** Return a value as text; "" stands for what is not there. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return JSON.stringify(value);
}
