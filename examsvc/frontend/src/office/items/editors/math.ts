/** Mathematics in our texts is LaTeX between \( and \) or \[ and \]. Pure. */

/** What is often wanted; the cursor goes where ▢ stands. */
export const SNIPPETS: readonly { name: string; latex: string }[] = [
  { name: "fraction", latex: "\\frac{▢}{}" },
  { name: "root", latex: "\\sqrt{▢}" },
  { name: "power", latex: "^{▢}" },
  { name: "index", latex: "_{▢}" },
  { name: "times", latex: "\\times ▢" },
  { name: "plusMinus", latex: "\\pm ▢" },
  { name: "atMost", latex: "\\le ▢" },
  { name: "atLeast", latex: "\\ge ▢" },
  { name: "degree", latex: "^{\\circ}▢" },
  { name: "sum", latex: "\\sum_{▢}^{}" },
  { name: "integral", latex: "\\int_{▢}^{}" },
  { name: "omega", latex: "\\Omega ▢" },
];

export type MathFault = "unclosed" | "unopened" | "braces";

interface Written {
  text: string;
  cursor: number;
}

const MARKS = /\\[()[\]]/g;
const CLOSES: Readonly<Record<string, string>> = { "\\(": "\\)", "\\[": "\\]" };

/** Return whether the cursor stands within mathematics. */
export function isMathAt(text: string, cursor: number): boolean {
  const last = [...text.slice(0, cursor).matchAll(MARKS)].at(-1)?.[0];
  return last !== undefined && last in CLOSES;
}

/** Return the text with a snippet at the cursor, between marks of its own unless it stands within mathematics already. */
export function withSnippet(text: string, cursor: number, latex: string): Written {
  const marked = isMathAt(text, cursor) ? latex : `\\(${latex}\\)`;
  const place = marked.indexOf("▢");
  const added = marked.replace("▢", "");
  return { text: text.slice(0, cursor) + added + text.slice(cursor), cursor: cursor + (place < 0 ? added.length : place) };
}

/** Return what is wrong with how mathematics is marked in a text, if anything. */
export function mathFault(text: string): MathFault | null {
  let opened: { mark: string; at: number } | null = null;
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    if (mark in CLOSES) {
      if (opened) return "unclosed";
      opened = { mark, at: index };
    } else {
      if (!opened || CLOSES[opened.mark] !== mark) return "unopened";
      if (!isBalanced(text.slice(opened.at + mark.length, index))) return "braces";
      opened = null;
    }
  }
  return opened ? "unclosed" : null;
}

function isBalanced(latex: string): boolean {
  let depth = 0;
  for (const brace of latex.replace(/\\[{}]/g, "").match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
