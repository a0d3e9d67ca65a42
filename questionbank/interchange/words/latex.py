"""LaTeX as equations of Word (Office Math Markup): what item banks use of it, and a refusal of all else."""

import re
from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from questionbank.interchange.words.signs import ACCENTS, COMMANDS, FENCES, FUNCTIONS, LARGE, MATRICES

nsmap.setdefault("m", "http://schemas.openxmlformats.org/officeDocument/2006/math")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_&]|\s+|.", re.DOTALL)
_LARGE = {command: sign for sign, command in LARGE.items()}
_ACCENTS = {command: sign for sign, command in reversed(ACCENTS.items())}
_FENCES = {command: sign for sign, command in FENCES.items()}
_MATRICES = {kind: fences for fences, kind in MATRICES.items()} | {"matrix": ("", "")}
_SPACES = {
    "\\,": "\u2009",
    "\\;": "\u2005",
    "\\:": "\u2005",
    "\\ ": " ",
    "\\!": "",
    "\\quad": "\u2003",
    "\\qquad": "\u2003",
}


class NotCarried(Exception):
    """The formula uses what Word's equations are not written for here."""


def omml(formula: str) -> Any:
    """Return the `m:oMath` element of the formula, which has no delimiters; raises NotCarried."""
    parser = _Parser(_TOKEN.findall(formula.strip()))
    made = OxmlElement("m:oMath")
    made.extend(parser.row(()))
    if parser.tokens:
        raise NotCarried(parser.tokens[0])
    return made


class _Parser:
    def __init__(self, tokens: list[str]):
        self.tokens = tokens

    def row(self, ends: tuple[str, ...]) -> list[Any]:
        """Return the elements up to one of the ends, which is left."""
        made: list[Any] = []
        while self.tokens and self.tokens[0] not in ends:
            if self.tokens[0].isspace():
                self.tokens.pop(0)
            else:
                made += self._scripted(self._one())
        return made

    def _take(self, *wanted: str) -> str:
        if not self.tokens or (wanted and self.tokens[0] not in wanted):
            raise NotCarried(f"{wanted} is missing")
        return self.tokens.pop(0)

    def _skip_spaces(self) -> None:
        while self.tokens and self.tokens[0].isspace():
            self.tokens.pop(0)

    def _group(self) -> list[Any]:
        """Return what stands in braces, or the one thing that stands without."""
        self._skip_spaces()
        if self.tokens[:1] != ["{"]:
            return self._one()
        self._take("{")
        made = self.row(("}",))
        self._take("}")
        return made

    def _one(self) -> list[Any]:
        token = self._take()
        if token == "{":
            self.tokens.insert(0, token)
            return self._group()
        if token in ("}", "^", "_", "&"):
            raise NotCarried(token)
        return self._command(token) if token.startswith("\\") else [_run(token)]

    def _command(self, token: str) -> list[Any]:
        name = token[1:]
        if token in _SPACES:
            return [_run(_SPACES[token])] if _SPACES[token] else []
        if token in _LARGE:
            return [self._large(_LARGE[token])]
        if name in FUNCTIONS:
            return [_run(name, upright=True)]
        if name in COMMANDS or len(name) == 1:
            return [_run(COMMANDS.get(name, name))]
        if name in _ACCENTS:
            return [_element("acc", _properties("acc", chr=_ACCENTS[name]), _part("e", self._group()))]
        if name not in _COMMANDS:
            raise NotCarried(token)
        return [_COMMANDS[name](self)]

    def _scripted(self, base: list[Any]) -> list[Any]:
        scripts: dict[str, list[Any]] = {}
        while self.tokens[:1] in (["^"], ["_"], ["'"]):
            mark = self._take()
            if mark == "'":
                base = [*base, _run("′")]
            else:
                scripts["sup" if mark == "^" else "sub"] = self._group()
        if not scripts:
            return base
        kind = "sSubSup" if len(scripts) > 1 else "sSup" if "sup" in scripts else "sSub"
        parts = [_part(name, scripts[name]) for name in ("sub", "sup") if name in scripts]
        return [_element(kind, _part("e", base), *parts)]

    def _large(self, sign: str) -> Any:
        limits: dict[str, list[Any]] = {"sub": [], "sup": []}
        self._skip_spaces()
        while self.tokens[:1] in (["^"], ["_"]):
            limits["sup" if self._take() == "^" else "sub"] = self._group()
        self._skip_spaces()
        under = (
            self._scripted(self._one()) if self.tokens and self.tokens[0] not in ("}", "&", "\\\\", "\\right") else []
        )
        hidden = {f"{name}Hide": "1" for name, limit in limits.items() if not limit}
        parts = [_part(name, limit) for name, limit in limits.items()]
        return _element("nary", _properties("nary", chr=sign, **hidden), *parts, _part("e", under))

    def fraction(self) -> Any:
        above, below = self._group(), self._group()
        return _element("f", _part("num", above), _part("den", below))

    def root(self) -> Any:
        self._skip_spaces()
        degree: list[Any] = []
        if self.tokens[:1] == ["["]:
            self._take("[")
            degree = self.row(("]",))
            self._take("]")
        hidden = {} if degree else {"degHide": "1"}
        return _element("rad", _properties("rad", **hidden), _part("deg", degree), _part("e", self._group()))

    def words(self) -> Any:
        self._take("{")
        depth, text = 1, ""
        while depth:
            token = self._take()
            depth += (token == "{") - (token == "}")
            text += token if depth else ""
        return _run(text, upright=True)

    def fenced(self) -> Any:
        left = self._fence()
        inner = self.row(("\\right",))
        self._take("\\right")
        return _fenced(left, self._fence(), inner)

    def _fence(self) -> str:
        token = self._take()
        return _FENCES.get(token, COMMANDS.get(token[1:], token))

    def environment(self) -> Any:
        kind = self._named()
        rows = [self._cells()]
        while self.tokens[:1] == ["\\\\"]:
            self._take()
            rows.append(self._cells())
        self._take("\\end")
        if self._named() != kind:
            raise NotCarried(kind)
        return _table(kind, [row for row in rows if any(row)])

    def _named(self) -> str:
        self._take("{")
        name = ""
        while self.tokens[:1] not in ([], ["}"]):
            name += self._take()
        self._take("}")
        return name

    def _cells(self) -> list[list[Any]]:
        cells = [self.row(("&", "\\\\", "\\end"))]
        while self.tokens[:1] == ["&"]:
            self._take()
            cells.append(self.row(("&", "\\\\", "\\end")))
        return cells


_COMMANDS: dict[str, Callable[[_Parser], Any]] = {
    "frac": _Parser.fraction,
    "dfrac": _Parser.fraction,
    "tfrac": _Parser.fraction,
    "sqrt": _Parser.root,
    "text": _Parser.words,
    "mathrm": _Parser.words,
    "left": _Parser.fenced,
    "begin": _Parser.environment,
}


def _table(kind: str, rows: list[list[list[Any]]]) -> Any:
    if kind in ("cases", "aligned"):
        lines = [_part("e", [one for cell in row for one in cell]) for row in rows]
        array = _element("eqArr", *lines)
        return _fenced("{", "", [array]) if kind == "cases" else array
    if kind not in _MATRICES:
        raise NotCarried(kind)
    matrix = _element("m", *(_element("mr", *(_part("e", cell) for cell in row)) for row in rows))
    left, right = _MATRICES[kind]
    return _fenced(left, right, [matrix]) if left else matrix


def _fenced(left: str, right: str, inner: list[Any]) -> Any:
    return _element("d", _properties("d", begChr=left, endChr=right), _part("e", inner))


def _element(name: str, *children: Any) -> Any:
    made = OxmlElement(f"m:{name}")
    made.extend(children)
    return made


def _part(name: str, children: list[Any]) -> Any:
    return _element(name, *children)


def _properties(name: str, **values: str) -> Any:
    made = OxmlElement(f"m:{name}Pr")
    for key, value in values.items():
        child = OxmlElement(f"m:{key}")
        child.set(qn("m:val"), value)
        made.append(child)
    return made


def _run(text: str, *, upright: bool = False) -> Any:
    made, words = OxmlElement("m:r"), OxmlElement("m:t")
    if upright:
        made.append(_element("rPr", OxmlElement("m:nor")))
    words.text = text
    made.append(words)
    return made
