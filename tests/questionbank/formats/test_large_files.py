"""Ten thousand items are read and written one by one: memory does not grow with the file."""

import base64
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, ReadItem, Refused
from questionbank.kinds import ItemType

TELL = "import sys; from pathlib import Path; from questionbank.interchange import reading; "
TELL += "told = reading.report(reading.read(Path(sys.argv[1]))); "
READ = TELL + "print(told['items'])"
# A process's own peak: what `wait4` tells counts the memory of the one that started it, too.
PEAK = TELL + "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
MOST_GROWTH_KIB = 8 * 1024
MOST_KIB = 200 * 1024


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


def moodle_with_sound(file: Path, size: int) -> Path:
    """Write a question with a recording of so many bytes, in lines as Moodle writes base64."""
    sound = base64.encodebytes(b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(size))
    shown = b"<![CDATA[<audio src='@@PLUGINFILE@@/a.mp3'></audio>?]]>"
    file.write_bytes(
        b"<quiz><question type='truefalse'><questiontext format='html'><text>" + shown + b"</text>"
        b"<file name='a.mp3' path='/' encoding='base64'>" + sound + b"</file></questiontext>"
        b"<answer fraction='100'><text>true</text></answer><answer fraction='0'><text>false</text></answer>"
        b"</question></quiz>"
    )
    return file


def test_a_recording_in_moodle_s_file_may_be_larger_than_a_text(tmp_path: Path) -> None:
    (item,) = reading.read(moodle_with_sound(tmp_path / "a.xml", 9_000_000)).events
    assert isinstance(item, ReadItem)
    assert [(medium.media_type, len(medium.data)) for medium in item.media] == [("audio/mpeg", 9_000_010)]


@pytest.mark.slow
def test_the_largest_recording_that_is_read_needs_less_than_200_mb(tmp_path: Path) -> None:
    file = moodle_with_sound(tmp_path / "a.xml", 35_000_000)
    told = subprocess.run([sys.executable, "-c", PEAK, file], capture_output=True, text=True, check=True)
    assert int(told.stdout) < MOST_KIB


def test_a_recording_beyond_that_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="xml_too_large"):
        list(reading.read(moodle_with_sound(tmp_path / "a.xml", 40_000_000)).events)


@pytest.mark.slow
@pytest.mark.parametrize("format_", [Format.AIKEN, Format.GIFT, Format.MOODLE_XML])
def test_ten_thousand_items_need_no_more_memory_than_ten(tmp_path: Path, format_: Format) -> None:
    taken = []
    for items in (10, 10_000):
        file = tmp_path / str(items)
        assert writing.write(itertools.islice(many(), items), format_, file) == []
        taken.append(memory_to_read(file, items))
    assert taken[1] - taken[0] < MOST_GROWTH_KIB
