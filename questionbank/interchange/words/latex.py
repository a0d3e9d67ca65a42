"""LaTeX as equations of Word (Office Math Markup): what item banks use of it, and a refusal of all else."""

from collections.abc import Callable
from typing import Any

from questionbank.interchange.words.equations import NotCarried, element, fenced, part, properties, run, table
from questionbank.interchange.words.signs import ACCENTS, COMMANDS, FENCES, FUNCTIONS, LARGE
from questionbank.interchange.words.tokens import Tokens

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
_ENDS = ("}", "&", "\\\\", "\\right", "\\end")


def omml(formula: str) -> Any:
    """Return the `m:oMath` element of the formula, which has no delimiters; raises NotCarried."""
    tokens = Tokens(formula)
    made = element("oMath")
    made.extend(_Parser(tokens).row(()))
    if tokens.next:
        raise NotCarried(tokens.next)
    return made


class _Parser:
    def __init__(self, tokens: Tokens):
        self._tokens = tokens

    def row(self, ends: tuple[str, ...]) -> list[Any]:
        """Return the elements up to one of the ends, which is left."""
        made: list[Any] = []
        self._tokens.skip_spaces()
        while self._tokens.next and self._tokens.next not in ends:
            made += self._scripted(self._one())
            self._tokens.skip_spaces()
        return made

    def _group(self) -> list[Any]:
        """Return what stands in braces, or the one thing that stands without."""
        self._tokens.skip_spaces()
        return self._one()

    def _one(self) -> list[Any]:
        sign = self._tokens.take()
        if sign in ("}", "^", "_", "&"):
            raise NotCarried(sign)
        with self._tokens.deeper():
            if sign == "{":
                made = self.row(("}",))
                self._tokens.take("}")
                return made
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
        while self._tokens.next == "'":
            self._tokens.take()
            base = [*base, run("′")]
        scripts = self._scripts()
        if not scripts:
            return base
        kind = "sSubSup" if len(scripts) > 1 else "sSup" if "sup" in scripts else "sSub"
        return [element(kind, part("e", base), *(part(name, scripts[name]) for name in sorted(scripts)))]

    def _scripts(self) -> dict[str, list[Any]]:
        scripts: dict[str, list[Any]] = {}
        while self._tokens.next in ("^", "_"):
            name = "sup" if self._tokens.take() == "^" else "sub"
            if name in scripts:
                raise NotCarried("two of one script")
            scripts[name] = self._group()
        return scripts

    def _large(self, shown: str) -> Any:
        self._tokens.skip_spaces()
        limits: dict[str, list[Any]] = {"sub": [], "sup": [], **self._scripts()}
        self._tokens.skip_spaces()
        has_more = self._tokens.next and self._tokens.next not in _ENDS
        under = self._scripted(self._one()) if has_more else []
        hidden = {f"{name}Hide": "1" for name, limit in limits.items() if not limit}
        parts = [part(name, limit) for name, limit in limits.items()]
        return element("nary", properties("nary", chr=shown, **hidden), *parts, part("e", under))

    def fraction(self) -> Any:
        above, below = self._group(), self._group()
        return element("f", part("num", above), part("den", below))

    def root(self) -> Any:
        self._tokens.skip_spaces()
        degree: list[Any] = []
        if self._tokens.next == "[":
            self._tokens.take()
            degree = self.row(("]",))
            self._tokens.take("]")
        hidden = {} if degree else {"degHide": "1"}
        return element("rad", properties("rad", **hidden), part("deg", degree), part("e", self._group()))

    def words(self) -> Any:
        return run(self._tokens.braced(), style="nor")

    def fenced(self) -> Any:
        left = self._fence()
        inner = self.row(("\\right",))
        self._tokens.take("\\right")
        return fenced(left, self._fence(), inner)

    def _fence(self) -> str:
        sign = self._tokens.take()
        return str(_FENCES.get(sign, COMMANDS.get(sign[1:], sign)))

    def environment(self) -> Any:
        kind = self._tokens.braced()
        rows = [self._cells()]
        while self._tokens.next == "\\\\":
            self._tokens.take()
            rows.append(self._cells())
        self._tokens.take("\\end")
        if self._tokens.braced() != kind:
            raise NotCarried(kind)
        return table(kind, [row for row in rows if any(row)])

    def _cells(self) -> list[list[Any]]:
        cells = [self.row(_ENDS)]
        while self._tokens.next == "&":
            self._tokens.take()
            cells.append(self.row(_ENDS))
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
