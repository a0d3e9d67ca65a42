"""HTML as a tree to plain text: what lies in one another becomes lines, mathematics LaTeX, looks are lost by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from lxml import etree

from questionbank.interchange import mathml, xml
from questionbank.interchange.xml import Element

_SPACES = re.compile(r"[ \t\r\n\f]+")
_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_FORMATTING = frozenset({
    "abbr", "b", "big", "blink", "center", "code", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "kbd",
    "mark", "s", "samp", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_ACTIVE = frozenset({
    "applet", "embed", "head", "iframe", "link", "meta", "object", "script", "style", "template",
})  # fmt: skip
_EQUATION_ATTRIBUTES = ("data-equation-content", "data-latex")
_RAISED = dict(zip("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎", strict=True))


@dataclass(frozen=True)
class Shown:
    """A picture, sound or film as the fragment names it."""

    source: str
    alt: str


@dataclass(frozen=True)
class Plain:
    """A fragment as text. `dropped` names the elements whose looks were lost, `warnings` are (code, detail)."""

    text: str
    shown: tuple[Shown, ...]
    dropped: frozenset[str]
    warnings: tuple[tuple[str, str], ...]


def displayed(text: str) -> str:
    """Return the text with mathematics between double dollars set in our delimiters."""
    return _DISPLAYED.sub(lambda met: f"\\[{met[1].strip()}\\]", text)


class Flattener:
    """Writes the text while it walks the tree, without recursion: depth is the writer's choice, not ours."""

    def __init__(self) -> None:
        self._made: list[str] = []
        self._shown: list[Shown] = []
        self._dropped: set[str] = set()
        self._warnings: dict[tuple[str, str], None] = {}
        self._kept_spaces = 0
        self._numbers: list[int | None] = []

    def walk(self, root: Element) -> None:
        walking = etree.iterwalk(root, events=("start", "end"))
        for event, element in walking:
            tag = xml.name(element).lower()
            if event == "end":
                self._end(element, tag)
                if element is not root:
                    self._write(element.tail or "")
            elif self._start(element, tag):
                walking.skip_subtree()
            else:
                self._write(element.text or "")

    def finished(self) -> Plain:
        lines = (line.strip(" \t") for line in "".join(self._made).split("\n"))
        text = displayed("\n".join(lines).replace("\xa0", " ").strip())
        return Plain(text, tuple(self._shown), frozenset(self._dropped), tuple(self._warnings))

    def warn(self, code: str, detail: str) -> None:
        self._warnings[code, detail] = None

    def _start(self, element: Element, tag: str) -> bool:
        """Return whether the element was dealt with whole."""
        if whole := self._WHOLE.get(tag):
            whole(self, element)
            return True
        if tag in _ACTIVE:
            self._active(element, tag)
            return True
        if tag in _FORMATTING or element.get("style"):
            self._dropped.add(tag)
        if tag in _BLOCKS:
            self._new_line()
        if begin := self._BEGINNINGS.get(tag):
            begin(self, element)
        return False

    def _end(self, element: Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._new_line()
        if tag in {"ol", "ul"} and self._numbers:
            self._numbers.pop()
        elif tag == "pre":
            self._kept_spaces -= 1
        elif tag == "a":
            self._link(element)

    def _write(self, text: str) -> None:
        if not self._kept_spaces:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and self._at_gap():
                text = text[1:]
        if text:
            self._made.append(text)

    def _at_gap(self) -> bool:
        return not self._made or self._made[-1][-1] in " \n"

    def _new_line(self) -> None:
        if self._made and not self._made[-1].endswith("\n"):
            self._made.append("\n")

    def _active(self, element: Element, tag: str) -> None:
        if tag == "script" and element.get("type", "").startswith("math/tex"):
            self._formula(xml.text(element), block="display" in element.get("type", ""))
        elif tag in {"object", "embed"} and (source := element.get("data") or element.get("src")):
            self._shown.append(Shown(source, xml.text(element)))
        elif tag not in {"head", "meta", "link"}:
            self.warn("active_content_dropped", f"<{tag}>")

    def _formula(self, latex: str, *, block: bool) -> None:
        self._made.append(f"\\[{latex}\\]" if block else f"\\({latex}\\)")

    def _math(self, element: Element) -> None:
        self._formula(mathml.latex(element), block=element.get("display") == "block")

    def _image(self, element: Element) -> None:
        latex = next((told for name in _EQUATION_ATTRIBUTES if (told := element.get(name))), "")
        if latex or "equation_image" in element.get("class", ""):
            self._formula(latex or element.get("alt", ""), block=False)
        elif source := element.get("src", ""):
            self._shown.append(Shown(source, element.get("alt", "").strip()))

    def _played(self, element: Element) -> None:
        nested = (child.get("src", "") for child in element.iter() if xml.name(child) == "source")
        source = element.get("src") or next(nested, "")
        if source:
            self._shown.append(Shown(source, element.get("title", "").strip()))

    def _script(self, element: Element) -> None:
        """Write what is set higher or lower; as signs where there are such, as LaTeX else."""
        said, higher = xml.text(element), xml.name(element).lower() == "sup"
        signs = _RAISED if higher else _LOWERED
        if all(letter in signs for letter in said):
            self._made.extend(signs[letter] for letter in said)
        else:
            self._formula(f"{{}}{'^' if higher else '_'}{{\\text{{{said}}}}}", block=False)

    def _list(self, element: Element) -> None:
        self._numbers.append(0 if xml.name(element).lower() == "ol" else None)

    def _point(self, _element: Element) -> None:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            self._made.append("- ")
        else:
            self._numbers[-1] = number + 1
            self._made.append(f"{number + 1}. ")

    def _table(self, _element: Element) -> None:
        self.warn("table_flattened", "a table became lines with | between its cells")

    def _cell(self, element: Element) -> None:
        if element.getprevious() is not None:
            self._made.append(" | ")

    def _keep_spaces(self, _element: Element) -> None:
        self._kept_spaces += 1

    def _link(self, element: Element) -> None:
        address = element.get("href", "")
        if address.startswith(("http:", "https:")) and address not in xml.text(element):
            self._made.append(f" ({address})")

    def _break(self, _element: Element) -> None:
        self._made.append("\n")

    _WHOLE: ClassVar[dict[str, Callable[["Flattener", Element], None]]] = {
        "math": _math,
        "img": _image,
        "audio": _played,
        "video": _played,
        "sub": _script,
        "sup": _script,
        "br": _break,
    }
    _BEGINNINGS: ClassVar[dict[str, Callable[["Flattener", Element], None]]] = {
        "ol": _list,
        "ul": _list,
        "li": _point,
        "table": _table,
        "td": _cell,
        "th": _cell,
        "pre": _keep_spaces,
    }
