import type { ErrorOf } from "../useItemErrors";

/** Return what was said about the fields of one part: `content.stem` of part p1 is `content.parts.p1.stem` of the whole. */
export function errorOfPart(errorOf: ErrorOf, id: string): ErrorOf {
  return (field) => {
    const [side, ...place] = field.split(".");
    return errorOf([side, "parts", id, ...place].join("."));
  };
}
