import type { WrittenFormat } from "./server";

/** The formats that are written, each with the ending of its files; the first carries everything. */
export const WRITTEN: Readonly<Record<WrittenFormat, string>> = {
  qti3: "zip",
  qti22: "zip",
  qti21: "zip",
  xlsx: "xlsx",
  csv: "csv",
  docx: "docx",
  moodlexml: "xml",
  gift: "txt",
  aiken: "txt",
};

/** The formats that are read. */
export const READ = ["xlsx", "csv", "docx", "text", "qti3", "qti22", "qti21", "qti12", "moodlexml", "gift", "aiken"] as const;
