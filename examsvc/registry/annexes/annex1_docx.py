"""附件1 推荐汇总表 as a text document: A4 across, to be printed, signed and sealed."""

from docx.document import Document
from docx.table import Table

from examsvc.registry.annexes import annex1_layout, word, wording
from examsvc.registry.annexes.forms import Annex1

WIDTHS = (14.0, 43.0, 36.0, 34.0, 62.0, 24.0, 44.0)
MARGINS = (20.0, 20.0, 18.0, 20.0)
_TEXT_COLUMNS = frozenset({6})  # the reason; everything else stands in the middle


def write(annex: Annex1) -> bytes:
    """Return the .docx with the rows in the order of their priority, the opinion, and the instructions."""
    document = word.new(wording.ANNEX_1_TITLE, landscape=True, margins=MARGINS)
    word.add(document, wording.ANNEX_1_LABEL, word.LABEL)
    word.add(document, wording.ANNEX_1_TITLE, word.TITLE)
    told = "　　".join(f"{label}: {value}" for label, value in annex1_layout.head(annex))
    word.add(document, told, word.LINE)
    _add_table(document, annex)
    word.add(document, wording.INSTRUCTIONS_TITLE, word.NOTE_HEAD)
    for text in wording.INSTRUCTIONS:
        word.add(document, text, word.NOTE)
    return word.saved(document)


def _add_table(document: Document, annex: Annex1) -> None:
    made = word.table(document, len(annex.rows) + 2, WIDTHS)
    for column, heading in enumerate(wording.ANNEX_1_HEADINGS):
        word.fill_cell(made.cell(0, column), heading.split("\n"), word.TABLE_HEAD)
    for number, row in enumerate(annex.rows, start=1):
        for column, text in enumerate(annex1_layout.cells(number, row)):
            look = word.TABLE_TEXT if column in _TEXT_COLUMNS else word.TABLE_MIDDLE
            word.fill_cell(made.cell(number, column), text.split("\n"), look)
    _fill_opinion(made, annex)
    word.keep_rows_whole(made, 1)


def _fill_opinion(made: Table, annex: Annex1) -> None:
    """Write the two fixed sentences with room for the seal and the date (H14, H15)."""
    last = len(made.rows) - 1
    word.fill_cell(made.cell(last, 0), list(wording.OPINION), word.TABLE_HEAD)
    opinion = made.cell(last, 1).merge(made.cell(last, len(WIDTHS) - 1))
    word.fill_cell(opinion, wording.OPINION_SENTENCES, word.TABLE_OPINION)
    word.add(opinion, "", word.TABLE_TEXT)
    word.add(opinion, annex1_layout.day(annex.signed_on), word.TABLE_DAY)
