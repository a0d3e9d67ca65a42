import { type MainContent, taskNumber } from "./rules/mainContent";

/** Return a part of annex 3 as plain text, to lay two versions side by side. */
export function contentText(part: MainContent[keyof MainContent]): string {
  if (typeof part === "string") return part;
  return part.map((entry, index) => ("weight" in entry ? taskText(entry, index) : `${entry.title}\n${entry.text}`)).join("\n\n");
}

function taskText({ name, operations, knowledge, weight }: MainContent["work_tasks"][number], index: number): string {
  const lines = (texts: readonly string[]): string[] => texts.map((text, at) => `${at + 1}. ${text}`);
  return [`${taskNumber(index)}${name}  ${weight}%`, ...lines(operations), ...lines(knowledge)].join("\n");
}
