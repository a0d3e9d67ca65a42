import type { Body } from "./body";
import type { Content, Key, Wire } from "./shapes";
import { blanksIn, lines } from "./texts";

/** What is typed or decided: true or false, blanks, a number, a text. */

export function writeTruth({ isTrue }: Body): Wire {
  return [{}, isTrue === null ? {} : { value: isTrue }];
}

export function readTruth(_content: Content, { value }: Key): Partial<Body> {
  return { isTrue: typeof value === "boolean" ? value : null };
}

export function writeBlanks({ stem, blanks, caseSensitive }: Body): Wire {
  const count = blanksIn(stem);
  const accepted = Array.from({ length: count }, (_, index) => lines(blanks[index] ?? ""));
  return [{ blanks: count }, { blanks: accepted, ...(caseSensitive && { case_sensitive: true }) }];
}

export function readBlanks(_content: Content, key: Key): Partial<Body> {
  return { blanks: key.blanks?.map((accepted) => accepted.join("\n")) ?? [], caseSensitive: key.case_sensitive ?? false };
}

export function writeNumber({ value, tolerance, unit }: Body): Wire {
  return [unit.trim() ? { unit: unit.trim() } : {}, { value: value.trim(), tolerance: tolerance.trim() }];
}

export function readNumber({ unit = "" }: Content, { value, tolerance = "0" }: Key): Partial<Body> {
  return { value: typeof value === "string" ? value : "", tolerance, unit };
}

export function writeShort({ reference, scoring }: Body): Wire {
  return [{}, { reference, ...(scoring.trim() && { points: lines(scoring) }) }];
}

export function writeExtended(body: Body): Wire {
  const [, key] = writeShort(body);
  return [body.length.trim() ? { length: Number(body.length) } : {}, key];
}

export function readText({ length }: Content, { reference = "", points }: Key): Partial<Body> {
  return { reference, scoring: points?.join("\n") ?? "", length: length === undefined ? "" : String(length) };
}
