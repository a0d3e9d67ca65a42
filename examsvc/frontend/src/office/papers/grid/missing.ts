import { asked as wantedOf, FULL_MARKS, isShare, type WorkTask } from "../blueprint";
import { type Asked, isWhole, worthOf } from "./cells";

/** What a grid lacks: points of a task or of the whole (more than none are missing, fewer are too many), or a whole number of items. */
export type Missing = { kind: "task"; task: WorkTask; by: number } | { kind: "total"; by: number } | { kind: "part"; cell: Asked };

/** Return what keeps the grid from being saved, in the order of its rows; by hundredths of a point. */
export function missingOf(asked: readonly Asked[], tasks: readonly WorkTask[]): Missing[] {
  const ofTasks = tasks.flatMap((task): Missing[] => {
    const [has, wanted] = [worthOf(asked.filter((cell) => cell.task === task.number)), wantedOf(tasks, task)];
    return isShare(has, wanted) ? [] : [{ kind: "task", task, by: Math.round(wanted) - has }];
  });
  const by = FULL_MARKS - worthOf(asked);
  const parts = asked.filter((cell) => !isWhole(cell)).map((cell): Missing => ({ kind: "part", cell }));
  return [...parts, ...ofTasks, ...(by === 0 ? [] : [{ kind: "total", by } as const])];
}
