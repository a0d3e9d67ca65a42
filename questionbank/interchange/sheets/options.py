"""Options from their own columns, or several of them in one cell."""

import re

from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.sheets.headings import Field
from questionbank.interchange.sheets.records import Record

_LABEL = re.compile(r"(?:^|(?<=[\s|;；,，、。$]))[(（]?([A-ZＡ-Ｚ]|\d{1,2})\s*[.、．:：)）]\s*")
_SEPARATORS = ("\n", "|||", "||", "|", "$$", "@@", "；", ";")


def of_record(record: Record) -> tuple[str, ...]:
    """Return the texts of the options in the order of their letters, without the empty ones after the last."""
    if record[Field.OPTIONS]:
        return split(record[Field.OPTIONS])
    texts = [unlabelled(record[f"option_{letter.lower()}"], letter) for letter in LETTERS]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def split(cell: str) -> tuple[str, ...]:
    """Return the options of a cell such as "A.甲|B.乙", "A.甲 B.乙" or "甲;乙;丙"; labels in order come first."""
    marks = list(_LABEL.finditer(cell))
    if len(marks) > 1 and marks[0].start() == 0 and _in_order([mark[1] for mark in marks]):
        ends = [mark.start() for mark in marks[1:]] + [len(cell)]
        return tuple(cell[mark.end() : end].strip(" \n\u3000|;；") for mark, end in zip(marks, ends, strict=True))
    for separator in _SEPARATORS:
        if separator in cell.strip(separator):
            return tuple(part.strip() for part in cell.strip(separator).split(separator))
    return (cell.strip(),)


def unlabelled(text: str, letter: str) -> str:
    """Return the text without its own letter before it."""
    label = _LABEL.match(text)
    return text[label.end() :].strip() if label and _plain(label[1]) == letter else text


def _in_order(labels: list[str]) -> bool:
    plain = [_plain(label) for label in labels]
    return plain in (list(LETTERS[: len(plain)]), [str(n) for n in range(1, len(plain) + 1)])


def _plain(label: str) -> str:
    return chr(ord(label) - 0xFEE0) if ord(label[0]) > 0xFF00 else label  # noqa: PLR2004 (the block of full-width letters)
