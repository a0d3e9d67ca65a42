"""Separated values (.csv, .txt) as rows of texts, in whatever encoding and with whatever separator."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from questionbank.interchange.model import Refused
from questionbank.interchange.sheets.rows import MOST_COLUMNS, Cell, Row, Table

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSES = ("utf-8", "gb18030")  # GB 18030 reads GBK and GB 2312 too, and almost any bytes: so it comes last
_SEPARATORS = ",;\t|，；"
_CHUNK = 64 * 1024
_HEAD_LINES = 20
_LONGEST_LINE = 1024 * 1024


def tables(path: Path) -> Iterator[Table]:
    """Yield the one table; raises Refused for bytes that are no text, or in no encoding that is known."""
    encoding = encoding_of(path)
    return iter([Table("", _rows(path, encoding, separator_of(path, encoding)))])


def encoding_of(path: Path) -> str:
    """Return the encoding by its mark, else the first in which the whole file can be read; raises Refused."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return _checked(path, encoding)
    if b"\0" in head or head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Refused("wrong_magic", "it is no text")
    return _checked(path, *_GUESSES)


def _checked(path: Path, *encodings: str) -> str:
    for encoding in encodings:
        if _reads(path, encoding):
            return encoding
    raise Refused("encoding_unknown", "请另存为 UTF-8 或 GBK / save it as UTF-8 or GBK")


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            while file.read(_CHUNK):
                pass
    except UnicodeError:
        return False
    return True


def separator_of(path: Path, encoding: str) -> str:
    """Return the separator that cuts the first lines into the most columns, as many in one line as in the next."""
    with path.open(encoding=encoding, newline="") as file:
        head = [file.readline(_LONGEST_LINE) for _ in range(_HEAD_LINES)]
    return max(_SEPARATORS, key=lambda separator: _evenness(head, separator))


def _evenness(head: list[str], separator: str) -> int:
    try:
        widths = [len(row) for row in csv.reader((line for line in head if line.strip()), delimiter=separator)]
    except csv.Error:
        return 0
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        lines = csv.reader(file, delimiter=separator, strict=True)
        try:
            for number, texts in enumerate(lines, start=1):
                if any(text.strip() for text in texts):
                    yield Row("", number, tuple(Cell(text.strip()) for text in texts[:MOST_COLUMNS]))
        except csv.Error as error:
            raise Refused("csv_broken", f"line {lines.line_num}: {error}") from error
