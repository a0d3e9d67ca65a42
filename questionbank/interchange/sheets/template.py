"""Our own workbook: headings with lists to choose from, instructions in both languages, an example of each type."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from questionbank.interchange.drafts.telling import DIFFICULTY_WORDS, TYPE_WORDS
from questionbank.interchange.sheets.examples import EXAMPLE_ROWS
from questionbank.interchange.sheets.headings import Field
from questionbank.interchange.sheets.wording import (
    EXAMPLES,
    HEADINGS,
    INSTRUCTION_LINES,
    INSTRUCTIONS,
    ITEMS,
    LISTS,
    USUAL_WIDTH,
    WIDTHS,
)

_MOST_ROWS = 20_001  # for which choices are offered
_LISTED = (Field.TYPE, Field.DIFFICULTY, Field.KNOWLEDGE_POINT)
_BOLD, _TINT = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


class Template:
    """The workbook being written, row by row: rows are forgotten as they are appended."""

    def __init__(self, knowledge_points: Sequence[str] = ()):
        self._book = Workbook(write_only=True)
        self._lists = [list(TYPE_WORDS.values()), list(DIFFICULTY_WORDS.values()), list(knowledge_points)]
        self._items = self._sheet(ITEMS)

    def append(self, texts: Mapping[str, str]) -> None:
        """Add a row of texts by field."""
        self._items.append(_cells(self._items, texts))

    def save(self, path: Path) -> None:
        """Add the other sheets and write the file."""
        examples = self._sheet(EXAMPLES)
        for texts in EXAMPLE_ROWS:
            examples.append(_cells(examples, texts))
        self._add_instructions()
        self._add_lists()
        self._book.save(path)

    def _sheet(self, title: str) -> Any:
        sheet: Any = self._book.create_sheet(title)
        sheet.freeze_panes = "C2"
        for place, field in enumerate(HEADINGS, start=1):
            column = sheet.column_dimensions[get_column_letter(place)]
            column.width = WIDTHS.get(Field(field), USUAL_WIDTH) if not field.startswith("option_") else USUAL_WIDTH
            column.number_format = "@"  # or else a spreadsheet makes a date of an answer such as 1-2
        for place, (field, words) in enumerate(zip(_LISTED, self._lists, strict=True)):
            if words:
                sheet.data_validations.append(_choosing(field, get_column_letter(place + 1), len(words)))
        sheet.append([text_cell(sheet, heading, head=True) for heading in HEADINGS.values()])
        return sheet

    def _add_instructions(self) -> None:
        sheet: Any = self._book.create_sheet(INSTRUCTIONS)
        sheet.column_dimensions["A"].width = 110
        for line in INSTRUCTION_LINES:
            sheet.append([text_cell(sheet, line)])

    def _add_lists(self) -> None:
        sheet: Any = self._book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for row in range(max(map(len, self._lists))):
            sheet.append([text_cell(sheet, words[row] if row < len(words) else "") for words in self._lists])


def write(path: Path, knowledge_points: Sequence[str] = ()) -> None:
    """Write the empty template; the knowledge points become a list to choose from."""
    Template(knowledge_points).save(path)


def _choosing(field: str, listed: str, count: int) -> DataValidation:
    column = get_column_letter(list(HEADINGS).index(field) + 1)
    # A warning, not a stop: other words for a type are read too.
    choosing = DataValidation("list", f"{LISTS}!${listed}$1:${listed}${count}", allow_blank=True, errorStyle="warning")
    choosing.add(f"{column}2:{column}{_MOST_ROWS}")
    return choosing


def _cells(sheet: Any, texts: Mapping[str, str]) -> list[Any]:
    return [text_cell(sheet, texts.get(field, "")) for field in HEADINGS]


def text_cell(sheet: Any, text: str, *, head: bool = False) -> Any:
    """Return a cell that is a text whatever it looks like, to be appended to a sheet that is only written."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type, cell.alignment = "s", _WRAPPED  # a text even when it begins with =
    if head:
        cell.font, cell.fill = _BOLD, _TINT
    return cell
