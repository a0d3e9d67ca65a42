"""Reading 附件3 back from a text document in our own layout. Pure."""

import re
from collections.abc import Sequence

from docx.table import Table

from examsvc.registry.annexes import word, word_reading, wording
from examsvc.registry.annexes.errors import NotThisAnnex
from examsvc.registry.annexes.forms import Annex3, ExtraSection, WorkTask, clean, line

_NUMBERED_PART = re.compile(r"^[一二三四五六七八九十百\d]+、")
_BRACKETED = re.compile(r"^[（(][一二三四五六七八九十百\d]+[）)]\s*")
_POINT = re.compile(r"^\d+[.．、]\s*")
_WEIGHT = re.compile(r"(\d{1,3})\s*[%％]")
_HEADS = [[wording.ABILITY], [wording.FIELD]]
_COLUMNS = [[wording.WORK_TASK], [wording.OPERATIONS], [wording.KNOWLEDGE], [wording.WEIGHT]]


def read(data: bytes) -> Annex3:
    """Return the annex; raises TooLarge and the kinds of BadDocument, NotThisAnnex for another layout."""
    titles: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    tables: list[Table] = []
    for style, text, table in word_reading.blocks(word_reading.opened(data)):
        if table is not None:
            tables.append(table)
        elif style == word.TITLE.name:
            titles.append(line(text))
        elif style == word.PART.name:
            parts.append((_NUMBERED_PART.sub("", line(text)), []))
        elif parts:
            parts[-1][1].append(text)
    if len(titles) != 2 or titles[1] != wording.ANNEX_3_TITLE or len(parts) < 2 or len(tables) != 1:  # noqa: PLR2004
        raise NotThisAnnex(annex=3)
    occupation_name, tasks = _table(tables[0])
    extras = tuple(ExtraSection(title, clean("\n".join(texts))) for title, texts in parts[2:])
    return Annex3(titles[0], occupation_name, clean("\n".join(parts[0][1])), tasks, extras)


def _table(table: Table) -> tuple[str, tuple[WorkTask, ...]]:
    """Return the field and the work tasks; raises NotThisAnnex."""
    rows = word_reading.rows(table)
    if len(rows) < 2 or rows[0][::2] != _HEADS or rows[1] != _COLUMNS:  # noqa: PLR2004
        raise NotThisAnnex(annex=3)
    return line("\n".join(rows[0][3])), tuple(_task(cells) for cells in rows[2:])


def _task(cells: Sequence[Sequence[str]]) -> WorkTask:
    weight = _WEIGHT.fullmatch("".join(cells[-1]).strip()) if len(cells) == len(_COLUMNS) else None
    if weight is None:
        raise NotThisAnnex(annex=3)
    name = _BRACKETED.sub("", line("\n".join(cells[0])))
    return WorkTask(name, _points(cells[1]), _points(cells[2]), int(weight[1]))


def _points(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the points without their numbers; one number only, a text may begin with another."""
    return tuple(point for text in paragraphs if (point := _POINT.sub("", line(text), count=1)))
