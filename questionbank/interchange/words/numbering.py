"""The numbers and letters that Word writes before paragraphs by itself: they are not in the text."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from questionbank.interchange import xml
from questionbank.interchange.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_TEN = 10


@dataclass(frozen=True)
class Level:
    """How a level of a list is numbered: `text` is a pattern such as "%1." or "（%1）"."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts the paragraphs of numbered lists; paragraphs are to be asked for in their order."""

    def __init__(self, part: Element | None = None):
        self._levels: dict[tuple[str, int], Level] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if part is not None:
            self._read(part)

    def label(self, paragraph: Element) -> str:
        """Return what Word shows before the paragraph, empty for bullets and paragraphs without."""
        number, depth = _reference(paragraph)
        level = self._levels.get((number, depth))
        if level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return self._shown(number, depth, level)

    def _shown(self, number: str, depth: int, level: Level) -> str:
        text = level.text
        for one in range(depth + 1):
            form = self._levels.get((number, one), level).form
            text = text.replace(f"%{one + 1}", _FORMS.get(form, str)(self._counts[number].get(one, 1)))
        return text

    def _read(self, part: Element) -> None:
        lists = {one.get(f"{W}abstractNumId"): one for one in xml.children(part, "abstractNum")}
        for number in xml.children(part, "num"):
            abstract = lists.get(_value(number, "abstractNumId"))
            for level in xml.children(abstract, "lvl") if abstract is not None else ():
                key = (number.get(f"{W}numId") or "", int(level.get(f"{W}ilvl") or 0))
                self._levels[key] = Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    int(_value(level, "start") or 1),
                )


def _reference(paragraph: Element) -> tuple[str, int]:
    properties = xml.child(paragraph, "pPr")
    named = xml.child(properties, "numPr") if properties is not None else None
    if named is None:
        return "", 0
    return _value(named, "numId") or "", int(_value(named, "ilvl") or 0)


def _value(element: Element, name: str) -> str | None:
    child = xml.child(element, name)
    return child.get(f"{W}val") if child is not None else None


def _letter(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26)


def chinese(count: int) -> str:
    """Return a number up to 99 as headings have it: 一, 十二, 二十."""
    tens, ones = divmod(count, _TEN)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens % _TEN]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


_FORMS: dict[str, Callable[[int], str]] = {
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese,
}
