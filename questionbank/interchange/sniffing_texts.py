"""Which of the written formats a text is: GIFT, Aiken, a table of comma-separated values, or a pasted paper."""

import csv
import re
from pathlib import Path

from questionbank.interchange import decoding
from questionbank.interchange.model import Format, Refused

_HEAD_LETTERS = 64 * 1024
_AIKEN = re.compile(r"^[A-Z][.)][ \t].*\n\s*ANSWER:[ \t]*[A-Z][ \t]*$", re.MULTILINE)
_GIFT = re.compile(
    r"^\$CATEGORY:|^::.+?(?<!\\)::|(?<!\\)\{\s*(?:(?<!\\)[=~#]|T\}|F\}|TRUE\}|FALSE\}|\})", re.MULTILINE | re.IGNORECASE
)
_PASTED = re.compile(
    r"^\s*(?:[((]?\d+[))]?\s*[.、．::]|[一二三四五六七八九十]+、|[A-H]\s*[.、．]|【?(?:正确)?答案)", re.MULTILINE
)
_HEADINGS = re.compile(r"题干|题目|题型|问题|答案|选项|question|answer|stem|type|option", re.IGNORECASE)
_DELIMITERS = ",\t;"
_LEAST_COLUMNS = 2


def sniff(path: Path) -> Format:
    """Return the format of a text; raises Refused (`encoding_unknown`, `format_unknown`)."""
    with decoding.opened(path) as file:
        head = file.read(_HEAD_LETTERS)
    if _is_table(head):
        return Format.CSV
    if _AIKEN.search(head):
        return Format.AIKEN
    if _GIFT.search(head):
        return Format.GIFT
    if _PASTED.search(head):
        return Format.TEXT
    if path.suffix.lower() in {".csv", ".tsv"}:
        return Format.CSV
    raise Refused("format_unknown", "a text in which no question is recognised")


def delimiter_of(line: str) -> str:
    """Return what parts the columns of a table's heading."""
    return max(_DELIMITERS, key=line.count)


def _is_table(head: str) -> bool:
    """Tell by the first lines: a title may stand above the headings."""
    lines = [line for line in head.splitlines() if line.strip()][:3]
    return any(_is_heading(next(csv.reader([line], delimiter=delimiter_of(line)), [])) for line in lines)


def _is_heading(cells: list[str]) -> bool:
    known = sum(bool(_HEADINGS.search(cell)) and len(cell.strip()) < 20 for cell in cells)  # noqa: PLR2004 - a heading is short
    return len(cells) > _LEAST_COLUMNS and known >= _LEAST_COLUMNS
