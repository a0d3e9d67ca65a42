"""LaTeX as equations of Word (Office Math Markup): what item banks use of it, and a refusal of all else."""

import re
from collections.abc import Callable
from typing import Any

from questionbank.interchange.words.equations import NotCarried, element, fenced, part, properties, run, table
from questionbank.interchange.words.signs import ACCENTS, COMMANDS, FENCES, FUNCTIONS, LARGE

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_&]|\s+|.", re.DOTALL)
_LARGE = {command: sign for sign, command in LARGE.items()}
_ACCENTS = {command: sign for sign, command in reversed(ACCENTS.items())}
_FENCES = {command: sign for sign, command in FENCES.items()}
_SPACES = {
    "\\,": "\u2009",
    "\\;": "\u2005",
    "\\:": "\u2005",
    "\\ ": " ",
    "\\!": "",
    "\\quad": "\u2003",
    "\\qquad": "\u2003",
}
_ENDS = ("}", "&", "]", "\\\\", "\\right", "\\end")
_DEEPEST = 40


def omml(formula: str) -> Any:
    """Return the `m:oMath` element of the formula, which has no delimiters; raises NotCarried."""
    if formula.count("{") + formula.count("\\left") > _DEEPEST * 4 or "{" * _DEEPEST in formula:
        raise NotCarried("too deep")
    parser = _Parser(_TOKEN.findall(formula.strip()))
    made = element("oMath")
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
        sign = self._take()
        if sign == "{":
            self.tokens.insert(0, sign)
            return self._group()
        if sign in ("}", "^", "_", "&"):
            raise NotCarried(sign)
        return self._command(sign) if sign.startswith("\\") else [run(sign)]

    def _command(self, sign: str) -> list[Any]:
        name = sign[1:]
        if sign in _SPACES:
            return [run(_SPACES[sign])] if _SPACES[sign] else []
        if sign in _LARGE:
            return [self._large(_LARGE[sign])]
        if name in FUNCTIONS:
            return [run(name, style="p")]
        if name in COMMANDS or len(name) == 1:
            return [run(COMMANDS.get(name, name))]
        if name in _ACCENTS:
            return [element("acc", properties("acc", chr=_ACCENTS[name]), part("e", self._group()))]
        if name not in _COMMANDS:
            raise NotCarried(sign)
        return [_COMMANDS[name](self)]

    def _scripted(self, base: list[Any]) -> list[Any]:
        scripts: dict[str, list[Any]] = {}
        while self.tokens[:1] in (["^"], ["_"], ["'"]):
            mark = self._take()
            if mark == "'":
                base = [*base, run("′")]
            else:
                scripts["sup" if mark == "^" else "sub"] = self._group()
        if not scripts:
            return base
        kind = "sSubSup" if len(scripts) > 1 else "sSup" if "sup" in scripts else "sSub"
        parts = [part(name, scripts[name]) for name in ("sub", "sup") if name in scripts]
        return [element(kind, part("e", base), *parts)]

    def _large(self, shown: str) -> Any:
        limits: dict[str, list[Any]] = {"sub": [], "sup": []}
        self._skip_spaces()
        while self.tokens[:1] in (["^"], ["_"]):
            mark = self._take()
            limits["sup" if mark == "^" else "sub"] = self._group()
        self._skip_spaces()
        under = (
            self._scripted(self._one()) if self.tokens and self.tokens[0] not in ("}", "&", "\\\\", "\\right") else []
        )
        hidden = {f"{name}Hide": "1" for name, limit in limits.items() if not limit}
        parts = [part(name, limit) for name, limit in limits.items()]
        return element("nary", properties("nary", chr=shown, **hidden), *parts, part("e", under))

    def fraction(self) -> Any:
        above, below = self._group(), self._group()
        return element("f", part("num", above), part("den", below))

    def root(self) -> Any:
        self._skip_spaces()
        degree: list[Any] = []
        if self.tokens[:1] == ["["]:
            self._take("[")
            degree = self.row(("]",))
            self._take("]")
        hidden = {} if degree else {"degHide": "1"}
        return element(
            "rad",
            properties("rad", **hidden),
            part("deg", degree),
            part("e", self._group()),
        )

    def words(self) -> Any:
        self._take("{")
        depth, text = 1, ""
        while depth:
            sign = self._take()
            depth += (sign == "{") - (sign == "}")
            text += sign if depth else ""
        return run(text, style="nor")

    def fenced(self) -> Any:
        left = self._fence()
        inner = self.row(("\\right",))
        self._take("\\right")
        return fenced(left, self._fence(), inner)

    def _fence(self) -> str:
        sign = self._take()
        return str(_FENCES.get(sign, COMMANDS.get(sign[1:], sign)))

    def environment(self) -> Any:
        kind = self._named()
        rows = [self._cells()]
        while self.tokens[:1] == ["\\\\"]:
            self._take()
            rows.append(self._cells())
        self._take("\\end")
        if self._named() != kind:
            raise NotCarried(kind)
        return table(kind, [row for row in rows if any(row)])

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
