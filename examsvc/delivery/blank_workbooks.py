"""Enrolment workbooks to fill in."""

import io
from collections.abc import Sequence

from examsvc.delivery.identity_documents import TITLES
from examsvc.delivery.workbooks import CONDITION, DOCUMENT, EXTRA, NAME, NUMBER

PREPARED_ROWS = 1_000
_NOTES = {
    NAME: "与居民身份证一致。 As on the identity card.",
    NUMBER: "18 位公民身份号码，按文本填写。 18 characters, entered as text.",
    EXTRA: "可不填；为便利措施延长的分钟数。 Optional: minutes added as an accommodation.",
    DOCUMENT: f"可不填，即居民身份证；或：{'、'.join(TITLES.values())}。 Optional: identity card when empty.",
}
_WIDTHS = {"A": 20, "B": 26, "C": 12, "D": 28, "E": 12}
_HEIGHT, _HEIGHT_OF_A_CONDITION = 80, 40


def template(conditions: Sequence[str] = ()) -> bytes:
    """Return a workbook with the headings, whose cells for numbers are text.

    Where there are conditions of application it has a column for the number of the one that is met.
    """
    # openpyxl is loaded by who writes or reads a workbook.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415

    notes = {**_NOTES, CONDITION: _listed(conditions)} if conditions else _NOTES
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "报名"
    sheet.append(list(notes))
    for column, ((letter, width), note) in enumerate(zip(_WIDTHS.items(), notes.values(), strict=False), start=1):
        cell = sheet.cell(1, column)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
        height = _HEIGHT + _HEIGHT_OF_A_CONDITION * note.count("\n")
        cell.comment = Comment(note, "examsvc", width=260, height=height)
        sheet.column_dimensions[letter].width = width
    for row in range(2, PREPARED_ROWS + 2):
        sheet.cell(row, 2).number_format = "@"
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _listed(conditions: Sequence[str]) -> str:
    numbered = (f"{number}. {line}" for number, line in enumerate(conditions, start=1))
    return "\n".join(["填所符合的一条的序号。 The number of the one that is met.", *numbered])
