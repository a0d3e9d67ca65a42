"""Ten thousand items are read and written one by one: memory does not grow with the file."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from questionbank.interchange import writing
from questionbank.interchange.model import Format, ReadItem
from questionbank.kinds import ItemType

READ = "import sys; from pathlib import Path; from questionbank.interchange import reading; "
READ += "print(reading.report(reading.read(Path(sys.argv[1])))['items'])"
MOST_GROWTH_KIB = 8 * 1024


def many() -> Iterator[ReadItem]:
    for number in itertools.count():
        options = [{"id": letter, "text": f"选项 {letter} {number}"} for letter in "abcd"]
        content = {"stem": f"第 {number} 题 " + "灭火器" * 20, "options": options}
        yield ReadItem("", ItemType.SINGLE_CHOICE, content, {"right": ["b"]})


def memory_to_read(file: Path, items: int) -> int:
    """Return the most memory that a process took to read the file, in KiB."""
    with subprocess.Popen([sys.executable, "-c", READ, file], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert int(process.stdout.read()) == items
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss


@pytest.mark.slow
@pytest.mark.parametrize("format_", [Format.AIKEN, Format.GIFT, Format.MOODLE_XML])
def test_ten_thousand_items_need_no_more_memory_than_ten(tmp_path: Path, format_: Format) -> None:
    taken = []
    for items in (10, 10_000):
        file = tmp_path / str(items)
        assert writing.write(itertools.islice(many(), items), format_, file) == []
        taken.append(memory_to_read(file, items))
    assert taken[1] - taken[0] < MOST_GROWTH_KIB
