"""Text documents from outside, opened only after they were looked through. Pure."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from examsvc.registry.annexes import inspecting
from examsvc.registry.annexes.errors import DocumentUnreadable

MOST_BLOCKS = 5_000
MOST_TABLE_ROWS = 200


def opened(data: bytes) -> Document:
    """Return the document; raises TooLarge and the kinds of BadDocument."""
    inspecting.inspect(data)
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # a broken document makes python-docx raise almost anything
        raise DocumentUnreadable from error


def blocks(document: Document) -> Iterator[tuple[str, str, Table | None]]:
    """Yield the blocks of the body: the name of a paragraph's style and its text, or "", "" and a table."""
    for number, block in enumerate(document.iter_inner_content()):
        if number >= MOST_BLOCKS:
            raise DocumentUnreadable
        if isinstance(block, Paragraph):
            yield str(block.style.name if block.style else ""), block.text, None
        else:
            yield "", "", block


def rows(table: Table) -> list[list[list[str]]]:
    """Return the rows as cells as paragraphs, a merged cell once."""
    if len(table._tbl.tr_lst) > MOST_TABLE_ROWS:  # noqa: SLF001 (table.rows costs far more than counting)
        raise DocumentUnreadable
    return [_cells(row) for row in table.rows]


def _cells(row: _Row) -> list[list[str]]:
    distinct = {id(cell._tc): cell for cell in row.cells}  # noqa: SLF001 (a merged cell is given once a column)
    return [[paragraph.text for paragraph in cell.paragraphs] for cell in distinct.values()]
