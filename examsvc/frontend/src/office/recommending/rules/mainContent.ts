/** 主要考核内容 (附件 3): work tasks with operations, knowledge and weight, and the lints of the notice's sample. */

export interface WorkTask {
  name: string;
  operations: string[];
  knowledge: string[];
  /** Per cent; "" while nothing is typed. */
  weight: number | "";
}

export interface MainContent {
  definition: string;
  work_tasks: WorkTask[];
  extra_sections: { title: string; text: string }[];
}

export type Lint = "definitionForm" | "operationForm" | "nameEnding";

const WHOLE = 100;
const TEN = "\u5341";
const HAN_DIGITS = new Intl.NumberFormat("zh-u-nu-hanidec");
const CAN = "\u80fd"; // 能…
const ABILITY = /^\u8fd0\u7528.+\u7684\u80fd\u529b\u3002?$/s; // 运用…的能力
const OCCUPATION = /[\u5de5\u5458\u5e08]$/; // …工, …员, …师

export const emptyTask = (): WorkTask => ({ name: "", operations: [""], knowledge: [""], weight: "" });

/** Return the content with at least one task to write in and one line in each list. */
export function forEditing(stored: Partial<MainContent>): MainContent {
  const tasks = (stored.work_tasks ?? []).map((task) => ({
    name: task.name,
    operations: atLeastOne(task.operations),
    knowledge: atLeastOne(task.knowledge),
    weight: task.weight === 0 ? ("" as const) : task.weight,
  }));
  return {
    definition: stored.definition ?? "",
    work_tasks: tasks.length > 0 ? tasks : [emptyTask()],
    extra_sections: structuredClone(stored.extra_sections ?? []),
  };
}

const atLeastOne = (lines: readonly string[] = []): string[] => (lines.length > 0 ? [...lines] : [""]);

/** Return what is sent: without empty lines and without tasks in which nothing stands. */
export function forSending(content: MainContent) {
  const filled = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter(Boolean);
  const tasks = content.work_tasks.map((task) => ({
    name: task.name.trim(),
    operations: filled(task.operations),
    knowledge: filled(task.knowledge),
    weight: Number(task.weight) || 0,
  }));
  return {
    definition: content.definition.trim(),
    work_tasks: tasks.filter((task) => task.name || task.weight || task.operations.length || task.knowledge.length),
    extra_sections: content.extra_sections.filter(({ title, text }) => title.trim() || text.trim()),
  };
}

/** Return the sum of the weights in per cent. */
export const weightSum = (tasks: readonly WorkTask[]): number => tasks.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0);

/** Return how far the sum is from 100: 0 when it is right, −1 at 99, +1 at 101. */
export const weightGap = (tasks: readonly WorkTask[]): number => weightSum(tasks) - WHOLE;

/** Return 1 … 99 as 一 … 九十九. */
export function hanNumber(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const head = tens > 1 ? HAN_DIGITS.format(tens) : "";
  return `${head}${tens > 0 ? TEN : ""}${ones > 0 ? HAN_DIGITS.format(ones) : ""}`;
}

/** Return the number of a work task as the form prints it, e.g. （一）. */
export const taskNumber = (index: number): string => `（${hanNumber(index + 1)}）`;

/** Return the lint of a definition that does not read 运用…的能力 (J13), or null. */
export function definitionLint(text: string): Lint | null {
  return text.trim() === "" || ABILITY.test(text.trim()) ? null : "definitionForm";
}

/** Return the lint of an operation that does not begin with 能 (J11), or null. */
export function operationLint(text: string): Lint | null {
  return text.trim() === "" || text.trim().startsWith(CAN) ? null : "operationForm";
}

/** Return the lint of a scheme's name that ends like an occupation's (工, 员, 师), or null. */
export function nameLint(name: string): Lint | null {
  return OCCUPATION.test(name.trim()) ? "nameEnding" : null;
}
