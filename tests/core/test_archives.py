"""Zip archives: the same content is the same bytes, and no archive unpacks without end."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.core import archives
from examsvc.core.archives import BadArchive, Limits, UnpacksTooMuch

LIMITS = Limits(members=10, unpacked_bytes=1000)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\\\x00", exclude_categories=("Cc", "Cs")), min_size=1)


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(NAMES, st.binary(max_size=50), min_size=1, max_size=5), st.booleans())
def test_what_was_packed_comes_out_again(members: dict[str, bytes], compressed: bool) -> None:
    data = archives.pack(members.items(), compressed=compressed)
    assert archives.unpack(data, LIMITS) == members
    assert data == archives.pack(members.items(), compressed=compressed)


@pytest.mark.parametrize(("size", "fits"), [(999, True), (1000, True), (1001, False)])
def test_the_limit_is_of_what_really_comes_out(size: int, fits: bool) -> None:
    data = archives.pack([("a", bytes(size - 500)), ("b", bytes(500))])
    if fits:
        assert sum(map(len, archives.unpack(data, LIMITS).values())) == size
    else:
        with pytest.raises(UnpacksTooMuch):
            archives.unpack(data, LIMITS)


def test_too_many_members_two_of_one_name_and_no_archive_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    many = archives.pack([(str(number), b"") for number in range(11)])
    for bad in (file.getvalue(), many, b"", b"PK\x03\x04", b"MZ" + archives.pack([("a", b"x")])):
        with pytest.raises(BadArchive):
            archives.unpack(bad, LIMITS)


def test_members_come_in_the_order_asked_for() -> None:
    data = archives.pack([("b", b"2"), ("a", b"1")])
    assert [name for name, _ in archives.walk(data, LIMITS, order=str)] == ["a", "b"]


def test_an_archive_in_a_file_is_read_member_by_member(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(archives.pack([("a", bytes(600)), ("b", bytes(600))]))
    with file.open("rb") as opened, archives.opened(opened, LIMITS) as archive:
        assert (archive.names, archive.declared_bytes("a")) == (["a", "b"], 600)
        assert b"".join(archive.pieces("b")) == bytes(600)
        with pytest.raises(UnpacksTooMuch):
            list(archive.pieces("a"))
        with pytest.raises(KeyError):
            list(archive.pieces("c"))
