"""附件1 推荐汇总表 as a workbook: filled in, or as the template to fill in."""

import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from examsvc.core import archives
from examsvc.registry.annexes import annex1_layout, wording
from examsvc.registry.annexes.forms import Annex1
from examsvc.registry.annexes.wording import HEITI, SONGTI, WU_HAO, XIAO_ER, XIAO_SI

SHEET = "推荐汇总表"
WIDTHS = {"A": 7, "B": 26, "C": 24, "D": 22, "E": 36, "F": 12, "G": 34}
COLUMNS, FIRST_ROW = len(WIDTHS), 5
TEMPLATE_ROWS = 12
CANDIDATES_COLUMN = 6
_LINE = Side(style="thin", color="000000")
_RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment("center", "center", wrap_text=True)
_RIGHT = Alignment("right", "center", indent=2)
_LEFT = Alignment("left", "center", wrap_text=True)
_TABLE, _HEAD = Font(SONGTI, WU_HAO), Font(SONGTI, WU_HAO, bold=True)
_ALARMING = Font(SONGTI, WU_HAO, color="B42318")
_QUIET = Font(SONGTI, WU_HAO, italic=True, color="7F7F7F")
_LIMITS = archives.Limits(members=100, unpacked_bytes=64 * 1024 * 1024)
# openpyxl stamps the moment of saving into it; without it the same content is the same bytes.
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_EMPTY = Annex1("", "", "", None, ())


def write(annex: Annex1) -> bytes:
    """Return the filled workbook; every text stays a text, also one that begins like a formula."""
    book, sheet = _begun(annex)
    for number, row in enumerate(annex.rows, start=1):
        told = annex1_layout.cells(number, row)
        _put_row(sheet, FIRST_ROW + number - 1, told, _TABLE)
        count = sheet.cell(FIRST_ROW + number - 1, CANDIDATES_COLUMN, row.expected_candidates)
        count.number_format = f'0" {wording.UNIT}"'
    _end(sheet, FIRST_ROW + len(annex.rows), annex)
    return _saved(book)


def template() -> bytes:
    """Return the workbook to fill in: the notice's 样例 row, which a reader skips (H16), and ruled empty rows."""
    book, sheet = _begun(_EMPTY)
    _put_row(sheet, FIRST_ROW, wording.SAMPLE_ROW, _QUIET)
    for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + TEMPLATE_ROWS):
        _put_row(sheet, row, (str(row - FIRST_ROW), *[""] * (COLUMNS - 1)), _TABLE)
    _end(sheet, FIRST_ROW + 1 + TEMPLATE_ROWS, _EMPTY)
    return _saved(book)


def with_reasons(rows: Iterable[tuple[Sequence[str], str]]) -> bytes:
    """Return the workbook with the rows as they came, each with its 错误原因 in a column of its own; "" for none."""
    book, sheet = _begun(_EMPTY)
    reasons = COLUMNS + 1
    sheet.column_dimensions[get_column_letter(reasons)].width = 48
    _put_reason(sheet, FIRST_ROW - 1, wording.REASONS, _HEAD)
    for row, (texts, reason) in enumerate(rows, start=FIRST_ROW):
        _put_row(sheet, row, texts, _TABLE)
        _put_reason(sheet, row, reason, _ALARMING)
    return _saved(book)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays one, whatever its first character: never a formula, never a number."""
    cell.value, cell.number_format = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text), "@"
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _begun(annex: Annex1) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _put_line(sheet, 1, wording.ANNEX_1_LABEL, Font(HEITI, XIAO_SI), _LEFT)
    _put_line(sheet, 2, wording.ANNEX_1_TITLE, Font(HEITI, XIAO_ER), _MIDDLE)
    told = "    ".join(f"{label}: {value}" for label, value in annex1_layout.head(annex))
    _put_line(sheet, 3, told, Font(SONGTI, XIAO_SI), _LEFT)
    _put_row(sheet, FIRST_ROW - 1, wording.ANNEX_1_HEADINGS, _HEAD)
    sheet.row_dimensions[3].height = 22
    sheet.row_dimensions[2].height, sheet.row_dimensions[FIRST_ROW - 1].height = 36, 34
    sheet.freeze_panes = f"A{FIRST_ROW}"
    _set_page(sheet)
    return book, sheet


def _put_row(sheet: Worksheet, row: int, texts: Sequence[str], font: Font) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        put_text(cell, text)
        cell.font, cell.border = font, _RULED
        cell.alignment = _LEFT if column == COLUMNS and font is not _HEAD else _MIDDLE
    lines = max(_lines(text, width) for text, width in zip(texts, WIDTHS.values(), strict=True))
    sheet.row_dimensions[row].height = max(28, 15 * lines + 4)


def _put_reason(sheet: Worksheet, row: int, reason: str, font: Font) -> None:
    cell = sheet.cell(row, COLUMNS + 1)
    put_text(cell, reason)
    cell.font, cell.border, cell.alignment = font, _RULED, _LEFT


def _lines(text: str, width: float) -> int:
    """Return how many lines the text takes in a column `width` digits wide; a Chinese character takes two."""
    return sum(1 + int(2.1 * len(part) / width) for part in text.split("\n"))


def _end(sheet: Worksheet, row: int, annex: Annex1) -> None:
    """Write the opinion (H14), the day (H15) and the instructions below the rows."""
    for place in (row, row + 1):
        _put_row(sheet, place, (wording.OPINION, *[""] * (COLUMNS - 1)), _HEAD)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row + 1, end_column=1)
    opinion = "\n".join(f"　　{sentence}" for sentence in wording.OPINION_SENTENCES)
    _put_line(sheet, row, opinion, _TABLE, _LEFT, first=2)
    _put_line(sheet, row + 1, annex1_layout.day(annex.signed_on), _TABLE, _RIGHT, first=2)
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 64, 30
    _put_line(sheet, row + 3, wording.INSTRUCTIONS_TITLE, _HEAD, _LEFT)
    for place, line in enumerate(wording.INSTRUCTIONS, start=row + 4):
        _put_line(sheet, place, line, _TABLE, _LEFT)
        sheet.row_dimensions[place].height = 15 * _lines(line, sum(WIDTHS.values())) + 2


def _put_line(sheet: Worksheet, row: int, text: str, font: Font, alignment: Alignment, *, first: int = 1) -> None:
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=COLUMNS)
    cell = sheet.cell(row, first)
    put_text(cell, text)
    cell.font, cell.alignment = font, alignment


def _set_page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.5)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.properties.creator = ""
    book.save(file)
    members = archives.unpack(file.getvalue(), _LIMITS)
    members["docProps/core.xml"] = _DATES.sub(b"", members["docProps/core.xml"])
    return archives.pack(members.items())
