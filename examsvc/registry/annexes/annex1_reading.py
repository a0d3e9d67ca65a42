"""Reading 附件1 from a workbook: ours, or the notice's own layout typed by somebody. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from examsvc.registry.annexes import annex1_cells, sheets, wording
from examsvc.registry.annexes.errors import MissingHeadings, NoRows
from examsvc.registry.annexes.forms import Annex1, Annex1Row, line
from examsvc.registry.annexes.problems import Problem, worst
from examsvc.registry.annexes.sheets import Line, Sheet

# What a heading says at least, without spaces; the notice's own words may have more around it.
HEADINGS: Mapping[str, str] = {
    "occupation": "所属领域",
    "scheme_name": "项目名称",
    "industries": "产业类别",
    "organisation": "考核机构",
    "expected_candidates": "人次",
    "reason": "推荐理由",
}
_OPTIONAL = {"number": "序号", "credit_code": "信用代码"}
_SAID = {**HEADINGS, **_OPTIONAL}
_SAMPLE_CODE = "111111111111111111"  # H11: the notice's dummy, which no organisation has
_ENDS = (wording.OPINION, wording.INSTRUCTIONS_TITLE)
LONGEST_HEAD = 500  # the pattern below takes quadratic time over what follows its first label
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HEAD = re.compile(
    r"推荐单位\s*(?:[（(]加盖公章[）)])?\s*[:：](?P<department>.*?)"
    r"联系人\s*[:：](?P<contact_name>.*?)联系电话\s*[:：](?P<contact_phone>.*)"
)


@dataclass(frozen=True)
class ReadRow:
    """A row of the workbook: its texts by heading, what they say or None, and what is wrong or doubtful about it."""

    row: int
    texts: Mapping[str, str]
    fields: Annex1Row | None
    problems: tuple[Problem, ...]

    @property
    def state(self) -> str:
        return worst(self.problems)


@dataclass(frozen=True)
class ReadAnnex1:
    """What a workbook says; `sheet` and `heading_row` are where its table was found."""

    sheet: str
    heading_row: int
    department: str
    contact_name: str
    contact_phone: str
    signed_on: date | None
    rows: tuple[ReadRow, ...]

    def annex(self) -> Annex1:
        """Return the form with the rows that are not wrong."""
        rows = tuple(row.fields for row in self.rows if row.fields)
        return Annex1(self.department, self.contact_name, self.contact_phone, self.signed_on, rows)


def read(data: bytes) -> ReadAnnex1:
    """Return what the workbook says, row by row; raises TooLarge and the kinds of BadDocument."""
    sheet, start, places = _table(sheets.read(data))
    above, below = sheet.lines[:start], sheet.lines[start + 1 :]
    end = next((n for n, one in enumerate(below) if _is_end(one)), len(below))
    rows = tuple(_read(one, places) for one in below[:end] if _is_row(one, places))
    if not rows:
        raise NoRows
    return ReadAnnex1(sheet.name, sheet.lines[start].row, *_head(above), _day(below[end:]), rows)


def cells(row: ReadRow) -> tuple[str, ...]:
    """Return the row's texts in the order of the form's columns, as they came."""
    organisation, code = row.texts["organisation"], row.texts.get("credit_code", "")
    texts = {**row.texts, "organisation": f"{organisation}\n（{code}）" if code else organisation}
    return tuple(texts.get(name, "") for name in ("number", *HEADINGS))


def _table(found: Sequence[Sheet]) -> tuple[Sheet, int, dict[str, int]]:
    """Return the sheet, the index of its heading line and the column of each heading; raises MissingHeadings."""
    missing = set(HEADINGS)
    for sheet in found:
        for index, one in enumerate(sheet.lines):
            places = _places(one)
            lacks = set(HEADINGS) - set(places)
            if not lacks:
                return sheet, index, places
            missing = min(missing, lacks, key=len)
    raise MissingHeadings(headings="、".join(text for name, text in HEADINGS.items() if name in missing))


def _places(one: Line) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, text in enumerate(one.texts):
        said = _plain(text)
        name = next((name for name, words in _SAID.items() if words in said), None)
        if name:
            places.setdefault(name, column)
    return places


def _is_end(one: Line) -> bool:
    return _plain(next(text for text in one.texts if text)).startswith(_ENDS)


def _is_row(one: Line, places: Mapping[str, int]) -> bool:
    """Return whether the line is a row that somebody filled in: not the 样例 (H16), not only its number."""
    texts = _texts(one, places)
    number = texts.pop("number", "")
    is_sample = wording.SAMPLE in _plain(number) or _plain(texts["organisation"]).endswith(f"({_SAMPLE_CODE})")
    return any(texts.values()) and not is_sample


def _read(one: Line, places: Mapping[str, int]) -> ReadRow:
    texts = _texts(one, places)
    return ReadRow(one.row, texts, *annex1_cells.row(texts))


def _texts(one: Line, places: Mapping[str, int]) -> dict[str, str]:
    return {name: one.texts[column] if column < len(one.texts) else "" for name, column in places.items()}


def _head(above: Iterable[Line]) -> tuple[str, str, str]:
    """Return department, contact and phone as written above the table; "" where nothing is."""
    for one in above:
        found = _HEAD.search(line(" ".join(one.texts))[:LONGEST_HEAD])
        if found:
            department, name, phone = (text.strip(" _") for text in found.groups())
            return department, name, phone
    return "", "", ""


def _day(below: Iterable[Line]) -> date | None:
    for one in below:
        found = _DAY.search(" ".join(one.texts))
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return None
    return None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
