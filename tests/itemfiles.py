"""Files of items made in tests, and what a reader tells of them sorted by its kind."""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from questionbank.interchange.model import Event, Level, Problem, ReadItem, Unsupported

Rows = Sequence[Sequence[Any]]


@dataclass
class Told:
    """What a reader yielded."""

    items: list[ReadItem] = field(default_factory=list)
    unsupported: list[Unsupported] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)

    @property
    def only(self) -> ReadItem:
        """Return the one item of a file without errors."""
        assert not self.errors, self.errors
        assert len(self.items) == 1, self.items
        return self.items[0]


def told(events: Iterable[Event]) -> Told:
    all_ = Told()
    for event in events:
        match event:
            case ReadItem():
                all_.items.append(event)
            case Unsupported():
                all_.unsupported.append(event)
            case Problem(level=Level.WARNING):
                all_.warnings.append(event)
            case Problem():
                all_.errors.append(event)
    return all_


def workbook(path: Path, rows: Rows, *, title: str = "题库", change: Callable[[Workbook], None] | None = None) -> Path:
    """Write a workbook of one sheet; `change` may do more to it before it is saved."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book)
    book.save(path)
    return path


def rewritten(path: Path, changes: Mapping[str, Callable[[bytes], bytes] | None], **added: bytes) -> Path:
    """Rewrite the parts of a package; a part whose change is None is left out, `added` ones are new."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **added}.items():
            change = changes.get(name, lambda same: same)
            if change:
                archive.writestr(name, change(data))
    return path


def texts_of(item: ReadItem) -> list[str]:
    """Return the texts of the item's options."""
    return [option["text"] for option in item.content["options"]]
