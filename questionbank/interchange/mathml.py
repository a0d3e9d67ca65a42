"""Presentation MathML to LaTeX, for the elements that item banks use."""

import re
from collections.abc import Callable

from questionbank.interchange import xml
from questionbank.interchange.xml import Element

_SYMBOLS = {
    "×": r"\times", "÷": r"\div", "·": r"\cdot", "⋅": r"\cdot", "±": r"\pm", "∓": r"\mp", "−": "-",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "∝": r"\propto", "∼": r"\sim",
    "∞": r"\infty", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∮": r"\oint", "∂": r"\partial", "∇": r"\nabla",
    "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset",
    "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "↔": r"\leftrightarrow",
    "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\land", "∨": r"\lor", "∠": r"\angle", "△": r"\triangle",
    "⊥": r"\perp", "∥": r"\parallel", "∴": r"\therefore", "∵": r"\because", "°": r"^{\circ}", "′": "'", "…": r"\ldots",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta",
    "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma",
    "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ω": r"\Omega",
    "%": r"\%", "{": r"\{", "}": r"\}", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\u00a0": " ",
}  # fmt: skip
_FUNCTIONS = {"sin", "cos", "tan", "cot", "ln", "log", "lg", "lim", "max", "min", "exp", "arcsin", "arccos", "arctan"}
_ACCENTS = {"¯": "overline", "‾": "overline", "→": "vec", "^": "hat", "~": "tilde", "˙": "dot", ".": "dot"}
_MOST_DEPTH = 60  # deeper is no mathematics but an attack on the stack
_WORDS = re.compile(r"\\[A-Za-z]+$")


def latex(math: Element) -> str:
    """Return the LaTeX of a `<math>` element without delimiters; a TeX annotation, when there is one, as it is."""
    for note in math.iter():
        if xml.name(note) == "annotation" and "tex" in note.get("encoding", "").lower():
            return xml.text(note)
    return _row(math).strip() if _depth(math) <= _MOST_DEPTH else xml.text(math)


def _depth(math: Element) -> int:
    outside = sum(1 for _ in math.iterancestors())
    return max((sum(1 for _ in leaf.iterancestors()) - outside for leaf in math.iter() if not len(leaf)), default=0)


def _row(element: Element) -> str:
    return _joined([_one(child) for child in xml.children(element)])


def _joined(parts: list[str]) -> str:
    """Join, with a space only where a command would else swallow the letter after it."""
    made = ""
    for part in parts:
        made += f" {part}" if part[:1].isalpha() and _WORDS.search(made) else part
    return made


def _one(element: Element) -> str:
    writer = _WRITERS.get(xml.name(element), _row)
    return writer(element)


def _group(element: Element) -> str:
    return f"{{{_one(element)}}}"


def _token(element: Element) -> str:
    said = xml.text(element)
    if said in _FUNCTIONS:
        return f"\\{said}"
    return _joined([_SYMBOLS.get(letter, letter) for letter in said])


def _words(element: Element) -> str:
    return f"\\text{{{xml.text(element)}}}" if xml.text(element) else " "


def _base(element: Element) -> str:
    """Return what a mark is set at; a single sign needs no braces."""
    written = _one(element)
    return written if len(written) == 1 else f"{{{written}}}"


def _marked(pattern: str, count: int) -> Callable[[Element], str]:
    """Return a writer of a base with so many marks less one; with fewer or more they are written in a row."""

    def write(element: Element) -> str:
        parts = list(xml.children(element))
        if len(parts) != count:
            return _row(element)
        return pattern.format(_base(parts[0]), *(_group(part) for part in parts[1:]))

    return write


def _parted(pattern: str, count: int) -> Callable[[Element], str]:
    """Return a writer of an element with so many children; with fewer or more they are written in a row."""

    def write(element: Element) -> str:
        parts = list(xml.children(element))
        return pattern.format(*(_group(part) for part in parts)) if len(parts) == count else _row(element)

    return write


def _over(element: Element) -> str:
    parts = list(xml.children(element))
    accent = _ACCENTS.get(xml.text(parts[1])) if len(parts) == 2 else None  # noqa: PLR2004 - base and mark
    return f"\\{accent}{_group(parts[0])}" if accent else _marked("{0}^{1}", 2)(element)


def _fenced(element: Element) -> str:
    between = f"{element.get('separators', ',')[:1]}"
    inner = between.join(_one(child) for child in xml.children(element))
    return f"\\left{_fence(element, 'open', '(')}{inner}\\right{_fence(element, 'close', ')')}"


def _fence(element: Element, side: str, usual: str) -> str:
    mark = element.get(side, usual)
    return f"\\{mark}" if mark in {"{", "}"} else mark or "."


def _table(element: Element) -> str:
    rows = [" & ".join(_row(cell) for cell in xml.children(row)) for row in xml.children(element, "mtr", "mlabeledtr")]
    return "\\begin{matrix}" + r" \\ ".join(rows) + "\\end{matrix}"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "mi": _token,
    "mn": _token,
    "mo": _token,
    "ms": _words,
    "mtext": _words,
    "mspace": lambda _element: " ",
    "mfrac": _parted("\\frac{0}{1}", 2),
    "msqrt": lambda element: f"\\sqrt{{{_row(element)}}}",
    "mroot": _parted("\\sqrt[{1}]{0}", 2),
    "msup": _marked("{0}^{1}", 2),
    "msub": _marked("{0}_{1}", 2),
    "msubsup": _marked("{0}_{1}^{2}", 3),
    "munder": _marked("{0}_{1}", 2),
    "mover": _over,
    "munderover": _marked("{0}_{1}^{2}", 3),
    "mfenced": _fenced,
    "mtable": _table,
    "annotation": lambda _element: "",
    "annotation-xml": lambda _element: "",
}
