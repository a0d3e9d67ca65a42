/** 统一社会信用代码 as GB 32100-2015 checks it: a hint while typing; the server decides. */
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH = 18;
/** Registered in Shanghai, or with the State's own registry. */
const HERE = /^..(31|100000)/;
const FORM = /^\d{8}[0-9A-HJ-NPQRTUWXY]{10}$/;

export type CodeHint = "empty" | "short" | "malformed" | "wrong" | "government" | "institution" | "elsewhere" | "good";

/** Return the code without blanks, in capitals. */
export const tidyCode = (code: string): string => code.replace(/\s/g, "").toUpperCase();

/** Return the check character of the first 17 characters, or "" when one of them may not stand in a code. */
export function checkCharacter(code: string): string {
  const values = [...code.slice(0, LENGTH - 1)].map((character) => CHARACTERS.indexOf(character));
  if (values.includes(-1) || values.length < LENGTH - 1) return "";
  let weight = 1;
  let sum = 0;
  for (const value of values) {
    sum += value * weight;
    weight = (weight * 3) % CHARACTERS.length;
  }
  return CHARACTERS[(CHARACTERS.length - (sum % CHARACTERS.length)) % CHARACTERS.length] ?? "";
}

/** Return what to say about a code as far as it is typed. 11 are authorities (excluded), 12 public institutions (C05). */
export function codeHint(typed: string): CodeHint {
  const code = tidyCode(typed);
  if (code === "") return "empty";
  if (code.length < LENGTH) return "short";
  if (!FORM.test(code)) return "malformed";
  if (checkCharacter(code) !== code.slice(-1)) return "wrong";
  if (code.startsWith("11")) return "government";
  if (code.startsWith("12")) return "institution";
  return HERE.test(code) ? "good" : "elsewhere";
}
