"""What a person sees before a table is imported: its columns, its first rows, and what each column is taken for."""

from dataclasses import dataclass

from questionbank.importing.opening import opened
from questionbank.interchange import sniffing
from questionbank.interchange.model import Format
from questionbank.interchange.sheets import reading
from questionbank.interchange.sheets.reading import Columns

TABLES = (Format.XLSX, Format.CSV)


@dataclass(frozen=True)
class LookedInto:
    """A file's format and, when it is a table, its sheets."""

    format: Format
    tables: list[Columns]


def look_into(name: str, data: bytes, told: Format | None = None) -> LookedInto:
    """Return the file's format and columns, without reading its items; raises FileRefused."""
    with opened(name, data) as path:
        format_ = told or sniffing.sniff(path)
        return LookedInto(format_, reading.columns_of(path) if format_ in TABLES else [])
