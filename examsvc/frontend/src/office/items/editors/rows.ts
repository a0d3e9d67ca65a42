/** Move a row one place up or down, in place. */
export function move<T>(rows: T[], index: number, by: -1 | 1): void {
  rows.splice(index + by, 0, ...rows.splice(index, 1));
}
