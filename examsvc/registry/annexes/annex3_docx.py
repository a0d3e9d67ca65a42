"""附件3 主要考核内容 as a text document (沪人社职〔2025〕140号 附件3)."""

from docx.document import Document
from docx.shared import Pt
from docx.table import Table

from examsvc.registry.annexes import numerals, word, wording
from examsvc.registry.annexes.forms import Annex3, WorkTask
from examsvc.registry.annexes.wording import ANNEX_3_WORDING, Annex3Wording

# 能力名称 | name | 所属领域 | field spans the last two; 相关知识 spans the middle two.
WIDTHS = (34.0, 46.0, 20.0, 36.0, 20.0)
_HEAD_ROWS = 2


def write(annex: Annex3, words: Annex3Wording = ANNEX_3_WORDING) -> bytes:
    """Return the .docx: title in two lines (J01), definition, table, further sections (J14)."""
    document = word.new(f"{annex.scheme_name}{wording.ANNEX_3_TITLE}")
    word.add(document, annex.scheme_name, word.TITLE).paragraph_format.space_after = Pt(0)
    word.add(document, wording.ANNEX_3_TITLE, word.TITLE)
    word.add(document, wording.DEFINITION_HEADING, word.PART)
    word.add_text(document, annex.definition)
    word.add(document, f"二、{words.content_heading}", word.PART)
    _add_table(document, annex)
    for number, extra in enumerate(annex.extra_sections, start=3):
        heading = word.add(document, f"{numerals.chinese(number)}、{extra.title}", word.PART)
        heading.paragraph_format.space_before = Pt(6)
        word.add_text(document, extra.text)
    return word.saved(document)


def _add_table(document: Document, annex: Annex3) -> None:
    made = word.table(document, _HEAD_ROWS + len(annex.work_tasks), WIDTHS)
    for row in made.rows[1:]:
        row.cells[2].merge(row.cells[3])
    made.cell(0, 3).merge(made.cell(0, 4))
    for column, text, look in (
        (0, wording.ABILITY, word.TABLE_HEAD),
        (1, annex.scheme_name, word.TABLE_MIDDLE),
        (2, wording.FIELD, word.TABLE_HEAD),
        (3, annex.occupation_name, word.TABLE_MIDDLE),
    ):
        word.fill_cell(made.cell(0, column), [text], look)
    heads = ((0, wording.WORK_TASK), (1, wording.OPERATIONS), (2, wording.KNOWLEDGE), (4, wording.WEIGHT))
    for column, text in heads:
        word.fill_cell(made.cell(1, column), [text], word.TABLE_HEAD)
    for number, task in enumerate(annex.work_tasks, start=1):
        _fill_row(made, number, task)
    word.keep_rows_whole(made, _HEAD_ROWS)


def _fill_row(made: Table, number: int, task: WorkTask) -> None:
    row = number + _HEAD_ROWS - 1
    word.fill_cell(made.cell(row, 0), [f"{numerals.in_brackets(number)}{task.name}"], word.TABLE_TEXT)
    word.fill_cell(made.cell(row, 1), numbered(task.operations), word.TABLE_TEXT)
    word.fill_cell(made.cell(row, 2), numbered(task.knowledge), word.TABLE_TEXT)
    word.fill_cell(made.cell(row, 4), [f"{task.weight}%"], word.TABLE_MIDDLE)


def numbered(points: tuple[str, ...]) -> list[str]:
    """Return the points behind 1. 2. 3. (J09)."""
    return [f"{number}. {point}" for number, point in enumerate(points, start=1)]
