"""The dictionary in memory: found by code, searched by code or words. Pure.

B04: 《中华人民共和国职业分类大典（2022年版）》 and the new skilled occupations that were published since
(沪人社职〔2025〕140号 二(一)1). A 小类 that has no name is never given one here: it shows its code and
the occupations under it.
"""

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from examsvc.registry.occupations.errors import NotAMinorGroup, UnknownOccupation

FILE = Path(__file__).with_name("occupations-2022.csv")
MINOR, DETAIL = 3, 4  # levels: 大类 1, 中类 2, 小类 3, 细类 4
_LEVELS = (r"[1-8]", r"[1-8]-\d{2}", r"[1-8]-\d{2}-\d{2}", r"[1-8]-\d{2}-\d{2}-\d{2}")
_MINOR_LENGTH = len("4-04-05")
_GREEN, _DIGITAL = "L", "S"
_AFTER_EVERY_CODE = "~"


@dataclass(frozen=True)
class Occupation:
    """A line of the dictionary; `source_notice` names what added or named it since 2022."""

    code: str
    level: int
    name: str | None
    digital: bool = False
    green: bool = False
    source_notice: str | None = None


def level_of(code: str) -> int | None:
    """Return 1 … 4 for a code in the form of a 大类 … 细类, or None."""
    return next((level for level, form in enumerate(_LEVELS, 1) if re.fullmatch(form, code, re.ASCII)), None)


class Dictionary:
    """All occupations by code; every 小类 that a 细类 belongs to is there, named or not."""

    def __init__(self, named: Iterable[Occupation]) -> None:
        by_code = {one.code: one for one in named}
        for code in [code[:_MINOR_LENGTH] for code, one in by_code.items() if one.level == DETAIL]:
            by_code.setdefault(code, Occupation(code, MINOR, None))
        self._by_code = dict(sorted(by_code.items()))

    def with_additions(self, added: Iterable[Occupation]) -> "Dictionary":
        """Return the dictionary with these lines added; a line of the same code is replaced."""
        more = list(added)
        return Dictionary([*self._by_code.values(), *more]) if more else self

    def __iter__(self) -> Iterator[Occupation]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Occupation | None:
        """Return the line with the code, or None."""
        return self._by_code.get(code)

    def minor_group(self, code: str) -> Occupation:
        """Return a 小类, named or not (H05: 应填写到小类); raises NotAMinorGroup, UnknownOccupation."""
        level = level_of(code)
        if level is not None and level != MINOR:
            raise NotAMinorGroup(occupation_code=code)
        found = self.get(code)
        if found is None:
            raise UnknownOccupation(occupation_code=code)
        return found

    def under(self, code: str) -> list[Occupation]:
        """Return the 细类 under a 小类, by code."""
        first = bisect_left(self._codes, f"{code}-")
        last = bisect_left(self._codes, f"{code}-{_AFTER_EVERY_CODE}")
        return [self._by_code[each] for each in self._codes[first:last]]

    def has_name(self, name: str) -> bool:
        """Return whether this is the name of an occupation or of a group."""
        return _folded(name) in self._names

    def search(self, wanted: str, *, level: int | None, most: int) -> list[Occupation]:
        """Return the first lines whose code begins with the text, or that contain all of its words, by code.

        A 小类 is also found by the occupations under it, behind those that were found by their own name.
        """
        words = _folded(wanted).split()
        near, far = [], []
        for one in self:
            if level in (None, one.level):
                own, below = self._searched[one.code]
                if all(one.code.startswith(word) or word in own for word in words):
                    near.append(one)
                elif all(word in own or word in below for word in words):
                    far.append(one)
        return [*near, *far][:most]

    @cached_property
    def _codes(self) -> list[str]:
        return list(self._by_code)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(_folded(one.name) for one in self if one.name)

    @cached_property
    def _searched(self) -> Mapping[str, tuple[str, str]]:
        return {one.code: (_folded(one.name or ""), self._names_under(one)) for one in self}

    def _names_under(self, one: Occupation) -> str:
        return _folded("\n".join(each.name or "" for each in self.under(one.code))) if one.level == MINOR else ""


@cache
def of_2022() -> Dictionary:
    """Return the dictionary of 2022, read once."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return Dictionary([_occupation(row) for row in csv.DictReader(file)])


def _occupation(row: Mapping[str, str]) -> Occupation:
    mark = row["mark"]
    return Occupation(row["code"], int(row["level"]), row["name"] or None, _DIGITAL in mark, _GREEN in mark)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
