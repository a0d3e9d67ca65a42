"""A fragment of HTML as plain text: what comes out of it, and what its elements are to a plain text."""

import re
from dataclasses import dataclass

_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
FORMATTING = frozenset({
    "abbr", "b", "big", "blink", "center", "code", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "kbd",
    "mark", "s", "samp", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
ACTIVE = frozenset({
    "applet", "embed", "head", "iframe", "link", "meta", "object", "script", "style", "template",
})  # fmt: skip
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


def raised(text: str) -> str:
    """Return a superscript: as signs where there are such, as LaTeX else."""
    return _set(text, _RAISED, "^")


def lowered(text: str) -> str:
    """Return a subscript likewise."""
    return _set(text, _LOWERED, "_")


def _set(text: str, signs: dict[str, str], mark: str) -> str:
    if all(letter in signs for letter in text):
        return "".join(signs[letter] for letter in text)
    return f"\\({{}}{mark}{{\\text{{{text}}}}}\\)"
