"""Ten thousand items are read and written one by one: memory does not grow with the file."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, ReadItem
from questionbank.kinds import ItemType

ITEMS = 10_000
MOST_MEMORY = 4 * 1024**2


def many() -> Iterator[ReadItem]:
    for number in range(ITEMS):
        options = [{"id": letter, "text": f"选项 {letter} {number}"} for letter in "abcd"]
        content = {"stem": f"第 {number} 题 " + "灭火器" * 20, "options": options}
        yield ReadItem("", ItemType.SINGLE_CHOICE, content, {"right": ["b"]})


@pytest.mark.slow
@pytest.mark.parametrize("format_", [Format.AIKEN, Format.GIFT, Format.MOODLE_XML])
def test_ten_thousand_items_need_no_more_memory_than_a_few(tmp_path: Path, format_: Format) -> None:
    file = tmp_path / "items"
    tracemalloc.start()
    try:
        assert writing.write(many(), format_, file) == []
        report = reading.report(reading.read(file))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (report["format"], report["items"], report["errors"]) == (format_, ITEMS, [])
    assert most < MOST_MEMORY
