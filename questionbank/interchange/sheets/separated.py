"""Separated values (.csv, .txt) as rows of texts, in whatever encoding and with whatever separator."""

import csv
from collections.abc import Iterator
from pathlib import Path

from questionbank.interchange import decoding
from questionbank.interchange.model import Refused
from questionbank.interchange.sheets.rows import MOST_COLUMNS, Cell, Row, Table

_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_SEPARATORS = ",;\t|，；"
_ACTIVE = ("=", "+", "-", "@")
_HEAD_LINES = 20
_LONGEST_LINE = 1024 * 1024


def tables(path: Path) -> Iterator[Table]:
    """Yield the one table; raises Refused for bytes that are no text, or in no encoding that is known."""
    with path.open("rb") as file:
        if file.read(4).startswith(_BINARY):
            raise Refused("wrong_magic", "it is no text")
    return iter([Table("", _rows(path, separator_of(path)))])


def separator_of(path: Path) -> str:
    """Return the separator that cuts the first lines into the most columns, as many in one line as in the next."""
    with decoding.opened(path, newline="") as file:
        head = [file.readline(_LONGEST_LINE) for _ in range(_HEAD_LINES)]
    return max(_SEPARATORS, key=lambda separator: _evenness(head, separator))


def _evenness(head: list[str], separator: str) -> int:
    try:
        widths = [len(row) for row in csv.reader((line for line in head if line.strip()), delimiter=separator)]
    except csv.Error:
        return 0
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)


def _rows(path: Path, separator: str) -> Iterator[Row]:
    with decoding.opened(path, newline="") as file:
        lines = csv.reader(file, delimiter=separator, strict=True)
        try:
            for number, texts in enumerate(lines, start=1):
                if any(text.strip() for text in texts):
                    yield Row("", number, tuple(Cell(_plain(text)) for text in texts[:MOST_COLUMNS]))
        except csv.Error as error:
            raise Refused("csv_broken", f"line {lines.line_num}: {error}") from error


def _plain(text: str) -> str:
    """Return the text without the apostrophe that keeps spreadsheets from computing it."""
    plain = text.strip()
    return plain[1:] if plain[:1] == "'" and plain[1:2] in _ACTIVE else plain
