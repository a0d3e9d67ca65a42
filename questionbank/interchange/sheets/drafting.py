"""Rows become drafts: a row, several rows of options, or the rows of a case."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from questionbank.interchange.drafts import words
from questionbank.interchange.drafts.choices import LETTERS
from questionbank.interchange.drafts.draft import Draft
from questionbank.interchange.sheets import options
from questionbank.interchange.sheets.headings import Field
from questionbank.interchange.sheets.layouts import Layout
from questionbank.interchange.sheets.records import Record
from questionbank.kinds import ItemType

_KEPT = (Field.NUMBER, Field.CHAPTER)


def bundles(layout: Layout, records: Iterator[Record]) -> Iterator[list[Record]]:
    """Yield the records item by item; only one item is ever held."""
    key = _option_key() if layout.has_row_per_option else _case_key()
    return (list(bundle) for _, bundle in groupby(records, key))


def _option_key() -> Callable[[Record], int]:
    """Return a key that changes with the item's number, or with its stem where no numbers are."""
    last, count = "", 0

    def key(record: Record) -> int:
        nonlocal last, count
        mark = record[Field.NUMBER] or record[Field.STEM]
        if mark and mark != last:
            last, count = mark, count + 1
        return count

    return key


def _case_key() -> Callable[[Record], int]:
    """Return a key that stays within a case: the same group, or questions below the same or no shared stem."""
    last, count = "", 0

    def key(record: Record) -> int:
        nonlocal last, count
        mark = record[Field.GROUP] or (record[Field.STEM] if record[Field.PART_STEM] else "")
        continues = mark == last if mark else bool(record[Field.PART_STEM] and last)
        if not continues:
            last, count = mark, count + 1
        return count

    return key


def draft(layout: Layout, bundle: list[Record]) -> Draft:
    """Return the draft that the records of one item make."""
    if layout.has_row_per_option:
        return _of_options(layout, bundle)
    first = bundle[0]
    if first[Field.PART_STEM]:
        return _with_parts(layout, first, (_part(one) for one in bundle))
    if first[Field.GROUP]:
        return _with_parts(layout, first, bundle[1:])
    return _plain(layout, first)


def _plain(layout: Layout, record: Record, parts: tuple[Draft, ...] = ()) -> Draft:
    kept = {field.value: record[field] for field in _KEPT if record[field]}
    return Draft(
        where=record.row.where(),
        stem=record[Field.STEM],
        type=_type(layout, record[Field.TYPE]),
        options=options.of_record(record),
        matches=options.split(record[Field.MATCHES]) if record[Field.MATCHES] else (),
        gaps=tuple(options.split(line) for line in record[Field.GAPS].split("\n") if line.strip()),
        parts=parts,
        extras={**kept, **({"columns": dict(record.others)} if record.others else {})},
        places={
            **record.places,
            "options": record.places.get("option_a", record.row.where()),
            "gaps": record.row.where(),
        },
        answer=record[Field.ANSWER],
        fixed=record[Field.FIXED],
        scoring=record[Field.SCORING],
        tolerance=record[Field.TOLERANCE],
        unit=record[Field.UNIT],
        outline=record[Field.OUTLINE],
        length=record[Field.LENGTH],
        explanation=record[Field.EXPLANATION],
        code=record[Field.CODE],
        external_id=record[Field.EXTERNAL_ID],
        difficulty=record[Field.DIFFICULTY],
        work_task=record[Field.WORK_TASK],
        knowledge_point=record[Field.KNOWLEDGE_POINT],
        tags=record[Field.TAGS],
        points=record[Field.POINTS],
    )


def _type(layout: Layout, text: str) -> str:
    """Return the word for the type, of a code the one that the table or its maker gives it."""
    coded = layout.codes.get(words.folded(text))
    return coded.value if coded else text


def _with_parts(layout: Layout, first: Record, parts: Iterable[Record]) -> Draft:
    made = tuple(_plain(layout, part) for part in parts)
    return _plain(layout, first.with_texts({Field.TYPE: ItemType.COMPOSITE.value, Field.ANSWER: ""}), made)


def _part(record: Record) -> Record:
    """Return the record of a row with a shared stem as that of its own question."""
    return record.with_texts({Field.STEM: record[Field.PART_STEM], Field.TYPE: record[Field.PART_TYPE]})


def _of_options(layout: Layout, bundle: list[Record]) -> Draft:
    filled = [record for record in bundle if record[Field.OPTION_TEXT]]
    right = [
        LETTERS[n] for n, record in enumerate(filled[: len(LETTERS)]) if words.judgement(record[Field.OPTION_RIGHT])
    ]
    texts = "\n".join(record[Field.OPTION_TEXT].replace("\n", " ") for record in filled)
    is_written = words.item_type(_type(layout, bundle[0][Field.TYPE])) is ItemType.SHORT_ANSWER
    answer: dict[str, str] = (
        {Field.ANSWER: texts} if is_written else {Field.ANSWER: "".join(right), Field.OPTIONS: texts}
    )
    return _plain(layout, bundle[0].with_texts(answer))
