"""LaTeX to presentation MathML. The LaTeX itself goes along as an annotation, so reading it back is exact."""

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from questionbank.interchange.mathml import ACCENTS, FUNCTIONS, SYMBOLS
from questionbank.interchange.qti.vocabulary import MATHML
from questionbank.interchange.qti.writing.trees import Child, made
from questionbank.interchange.xml import Element

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[ \t\r\n]+|.", re.DOTALL)
_OTHER_NAMES = {
    "\\circ": "∘",
    "\\leq": "≤",
    "\\geq": "≥",
    "\\neq": "≠",
    "\\rightarrow": "→",
    "\\phi": "φ",
    "\\epsilon": "ε",
    "\\cdots": "⋯",
    "\\dots": "…",
}
_SIGNS = {latex: sign for sign, latex in SYMBOLS.items() if latex.startswith("\\")} | _OTHER_NAMES
_MARKS = {name: sign for sign, name in reversed(ACCENTS.items())} | {"bar": "¯"}
_QUOTED = {"\\text", "\\mathrm", "\\mbox", "\\operatorname"}
_SILENT = {"\\left", "\\right", "\\displaystyle", "\\,", "\\;", "\\!", "\\ ", "\\quad", "\\qquad"}
_MOST_DEPTH = 40
_FENCES = {"pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "cases": ("{", "")}


def math(latex: str, *, block: bool) -> Element:
    """Return a `<math>` element."""
    reader = _Reader(latex)
    shown = _tag("mrow", *reader.row(0))
    note = _tag("annotation", latex, encoding="application/x-tex")
    return _tag("math", _tag("semantics", shown, note), **({"display": "block"} if block else {}))


def _tag(name: str, *children: Child, **attributes: str) -> Element:
    return made(f"{{{MATHML}}}{name}", *children, **attributes)


class _Reader:
    """Reads LaTeX once from left to right. What it does not know it shows as it is written."""

    def __init__(self, latex: str):
        self._tokens = [word for word in _TOKEN.findall(latex) if word.strip() or word == "\\ "]
        self._at = 0

    def row(self, depth: int, *ends: str) -> Iterator[Element]:
        """Yield what stands up to one of the ends, which is taken too."""
        made_so_far: list[Element] = []
        while (word := self._take()) and word not in ends:
            if word in {"^", "_"}:
                base = made_so_far.pop() if made_so_far else _tag("mrow")
                made_so_far.append(self._scripted(base, word, depth))
            elif word not in _SILENT:
                made_so_far.append(self._one(word, depth))
        yield from made_so_far

    def _take(self) -> str:
        word = self._tokens[self._at] if self._at < len(self._tokens) else ""
        self._at += 1
        return word

    def _next_is(self, word: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at] == word

    def _scripted(self, base: Element, mark: str, depth: int) -> Element:
        first = self._argument(depth)
        other = "_" if mark == "^" else "^"
        if not self._next_is(other):
            return _tag("msup" if mark == "^" else "msub", base, first)
        self._take()
        second = self._argument(depth)
        low, high = (second, first) if mark == "^" else (first, second)
        return _tag("msubsup", base, low, high)

    def _argument(self, depth: int) -> Element:
        return self._one(self._take(), depth)

    def _one(self, word: str, depth: int) -> Element:
        if depth > _MOST_DEPTH:
            return _tag("mtext", word)
        if word in _QUOTED:
            return _tag("mtext", self._quoted())
        if word[1:] in _MARKS and word.startswith("\\"):
            return _tag("mover", self._argument(depth + 1), _tag("mo", _MARKS[word[1:]]))
        reader = self._READERS.get(word)
        return reader(self, depth + 1) if reader else _sign(word)

    def _group(self, depth: int) -> Element:
        return _tag("mrow", *self.row(depth, "}"))

    def _fraction(self, depth: int) -> Element:
        return _tag("mfrac", self._argument(depth), self._argument(depth))

    def _root(self, depth: int) -> Element:
        if not self._next_is("["):
            return _tag("msqrt", self._argument(depth))
        self._take()
        degree = _tag("mrow", *self.row(depth, "]"))
        return _tag("mroot", self._argument(depth), degree)

    def _quoted(self) -> str:
        said = ""
        if self._take() == "{":
            while (word := self._take()) and word != "}":
                said += word
        return said

    def _environment(self, depth: int) -> Element:
        name = self._quoted()
        rows = [_tag("mtr", _tag("mtd"))]
        while (ended := self._cell(rows, depth)) and ended != "\\end":
            rows.append(_tag("mtr", _tag("mtd"))) if ended == "\\\\" else rows[-1].append(_tag("mtd"))
        self._quoted()
        table = _tag("mtable", *rows)
        fences = [_tag("mo", fence) if fence else _tag("mrow") for fence in _FENCES.get(name, ("", ""))]
        return _tag("mrow", fences[0], table, fences[1])

    def _cell(self, rows: list[Element], depth: int) -> str:
        """Fill the last cell and return what ended it."""
        for element in self.row(depth, "&", "\\\\", "\\end"):
            rows[-1][-1].append(element)
        ended = self._at - 1
        return self._tokens[ended] if ended < len(self._tokens) else ""

    _READERS: ClassVar[dict[str, Callable[["_Reader", int], Element]]] = {
        "{": _group,
        "\\frac": _fraction,
        "\\dfrac": _fraction,
        "\\tfrac": _fraction,
        "\\sqrt": _root,
        "\\begin": _environment,
    }


def _sign(word: str) -> Element:
    if not word:
        return _tag("mrow")
    if word[0].isdigit():
        return _tag("mn", word)
    if word in _SIGNS:
        sign = _SIGNS[word]
        return _tag("mi" if sign.isalpha() else "mo", sign)
    if word.startswith("\\"):
        return _tag("mi", word[1:]) if word[1:] in FUNCTIONS else _tag("mtext", word)
    return _tag("mi" if word.isalpha() else "mo", word)
