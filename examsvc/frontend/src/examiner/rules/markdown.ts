/**
 * The small part of Markdown that task briefs are written in, as a tree that components draw: headings, paragraphs,
 * lists, code, tables, rules, bold and code in a line. Everything else stays text; nothing becomes markup. Pure.
 */

export type Inline = { kind: "text" | "bold" | "code"; text: string };
export type Block =
  | { kind: "heading"; level: number; text: Inline[] }
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "list"; isOrdered: boolean; start: number; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

const HEADING = /^(#{1,4})\s+(.*)$/;
const BULLET = /^\s*[-*]\s+(.*)$/;
const NUMBER = /^\s*(\d{1,3})[.、]\s*(.*)$/;
const FENCE = /^\s*```/;
const RULE = /^\s*(-{3,}|\*{3,})\s*$/;
const TABLE_LINE = /^\s*\|.*\|\s*$/;
const TABLE_SEPARATOR = /^\s*\|(\s*:?-+:?\s*\|)+\s*$/;

/** Read a text into blocks. */
export function blocksOf(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  while (lines.length > 0) {
    if (lines[0]!.trim() === "") lines.shift();
    else blocks.push(nextBlock(lines));
  }
  return blocks;
}

/** Read `**bold**` and `` `code` `` in a line. */
export function inlinesOf(line: string): Inline[] {
  const parts = line.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter((part) => part !== "");
  return parts.map((part) => {
    if (part.startsWith("**") && part.length > 4) return { kind: "bold", text: part.slice(2, -2) };
    if (part.startsWith("`") && part.length > 2) return { kind: "code", text: part.slice(1, -1) };
    return { kind: "text", text: part };
  });
}

/** Take the next block off the lines; the first one is not empty. */
function nextBlock(lines: string[]): Block {
  const [first = "", second = ""] = lines;
  const heading = HEADING.exec(first);
  if (FENCE.test(first)) return code(lines);
  if (TABLE_LINE.test(first) && TABLE_SEPARATOR.test(second)) return table(lines);
  if (BULLET.test(first) && !RULE.test(first)) return list(lines, BULLET, false);
  if (NUMBER.test(first)) return list(lines, NUMBER, true);
  if (!heading && !RULE.test(first)) return { kind: "paragraph", lines: paragraph(lines).map(inlinesOf) };
  lines.shift();
  return heading ? { kind: "heading", level: heading[1]!.length, text: inlinesOf(heading[2]!) } : { kind: "rule" };
}

function code(lines: string[]): Block {
  lines.shift();
  const end = lines.findIndex((line) => FENCE.test(line));
  const inside = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return { kind: "code", text: inside.join("\n") };
}

function table(lines: string[]): Block {
  const [head = [], , ...rows] = takeWhile(lines, (line) => TABLE_LINE.test(line)).map(cells);
  return { kind: "table", head, rows };
}

function cells(line: string): Inline[][] {
  const inside = line.trim().slice(1, -1);
  return inside.split("|").map((cell) => inlinesOf(cell.trim()));
}

function list(lines: string[], mark: RegExp, isOrdered: boolean): Block {
  const start = isOrdered ? Number(NUMBER.exec(lines[0]!)?.[1]) : 1;
  const own = takeWhile(lines, (line) => mark.test(line));
  return { kind: "list", isOrdered, start, items: own.map((line) => inlinesOf(mark.exec(line)!.at(-1)!)) };
}

function paragraph(lines: string[]): string[] {
  const first = lines.shift()!;
  const isOther = (line: string): boolean =>
    line.trim() === "" || [HEADING, BULLET, NUMBER, FENCE, RULE, TABLE_LINE].some((form) => form.test(line));
  return [first, ...takeWhile(lines, (line) => !isOther(line))];
}

function takeWhile(lines: string[], fits: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !fits(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}
