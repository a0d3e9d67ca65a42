import { type FunctionalComponent, h, type VNode } from "vue";

import { type Block, blocksOf, type Inline } from "../rules/markdown";

const TAGS = { bold: "strong", code: "code" } as const;

/** Draws a brief's text: the parsed tree becomes elements, so nothing in it is ever taken for markup. */
const BriefText: FunctionalComponent<{ text: string }> = ({ text }) => h("div", { class: "brief-text" }, blocksOf(text).map(draw));
BriefText.props = { text: { type: String, required: true } };
export default BriefText;

function draw(block: Block): VNode {
  switch (block.kind) {
    case "heading":
      return h(`h${Math.min(block.level + 1, 5)}`, inline(block.text));
    case "paragraph":
      return h("p", block.lines.flatMap((line, index) => (index > 0 ? [h("br"), ...inline(line)] : inline(line))));
    case "list": {
      const items = block.items.map((item) => h("li", inline(item)));
      return block.isOrdered ? h("ol", { start: block.start }, items) : h("ul", items);
    }
    case "code":
      return h("pre", h("code", block.text));
    case "table":
      return table(block);
    case "rule":
      return h("hr");
  }
}

function table({ head, rows }: Extract<Block, { kind: "table" }>): VNode {
  const line = (tag: "th" | "td", cells: Inline[][]): VNode => h("tr", cells.map((cell) => h(tag, inline(cell))));
  return h("div", { class: "table-frame" }, [
    h("table", { class: "table" }, [h("thead", line("th", head)), h("tbody", rows.map((row) => line("td", row)))]),
  ]);
}

function inline(parts: readonly Inline[]): (VNode | string)[] {
  return parts.map(({ kind, text }) => (kind === "text" ? text : h(TAGS[kind], text)));
}
