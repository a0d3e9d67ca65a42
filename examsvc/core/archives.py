"""Zip archives: written so that the same content is the same bytes, and read so that nothing unpacks without end. Pure.

.docx and .xlsx are such archives too.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant that a zip can tell
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3
CHUNK_BYTES = 64 * 1024
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1
# The record at a zip's end, before a comment of at most 64 KiB, says how many members are listed in how many bytes.
_END_SIGNATURE = b"PK\x05\x06"
_END_BYTES, _END_COUNT_AT = 22, 10
_END_SEARCHED = _END_BYTES + 0xFFFF
_MOST_ENTRY_BYTES = 2048


class BadArchive(Exception):
    """It is no whole, plain zip archive."""


class UnpacksTooMuch(BadArchive):
    """More comes out of it than may."""


class TooManyMembers(BadArchive):
    """It lists more members than may be."""


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold; sizes in bytes, of what really comes out of it."""

    members: int
    unpacked_bytes: int


def pack(members: Iterable[tuple[str, bytes]], *, compressed: bool = True) -> bytes:
    """Return a zip archive of the members in their order; it carries no times and no owner."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members:
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr, member.create_system = _REGULAR_FILE, _UNIX
            member.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr(member, data)
    return file.getvalue()


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Return the members by name; raises BadArchive before more than the limit has been unpacked."""
    return {name: b"".join(chunks) for name, chunks in walk(data, limits)}


def walk(
    data: bytes, limits: Limits, *, order: Callable[[str], Any] | None = None
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield every member's name with its content in pieces, each to be read before the next member is asked for.

    `order` is a key of names: what is to be seen first. Raises BadArchive; UnpacksTooMuch as soon as more came out
    than the limit allows, whatever the archive says of its sizes.
    """
    with opened(io.BytesIO(data), limits) as archive:
        for name in sorted(archive.names, key=order) if order else archive.names:
            yield name, archive.pieces(name)


class Archive:
    """An open archive whose members are read by name; the limit holds for all that comes out of it together."""

    def __init__(self, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits):
        self._archive = archive
        self._members = {member.filename: member for member in members}
        self._left = limits.unpacked_bytes

    @property
    def names(self) -> list[str]:
        """The members' names in the order of the archive."""
        return list(self._members)

    def declared_bytes(self, name: str) -> int:
        """Return how much the archive says that the member holds; KeyError when it has no such member."""
        return self._members[name].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the member's content in pieces; raises BadArchive, UnpacksTooMuch, KeyError without such a member."""
        with _refusing(), self._archive.open(self._members[name]) as file:
            while piece := file.read(CHUNK_BYTES):
                self._left -= len(piece)
                if self._left < 0:
                    raise UnpacksTooMuch
                yield piece


@contextmanager
def opened(file: BinaryIO, limits: Limits) -> Iterator[Archive]:
    """Open the archive in the file, which may be larger than memory; raises BadArchive."""
    with _refusing():
        _check_directory(file, limits)
        archive = zipfile.ZipFile(file)
    with archive:
        yield Archive(archive, _members(archive, limits), limits)


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Refuse a list of members that could not be of so few, before it is read into memory."""
    file.seek(0)
    if file.read(len(_SIGNATURE)) != _SIGNATURE:
        raise BadArchive("no archive")
    file.seek(max(0, file.seek(0, io.SEEK_END) - _END_SEARCHED))
    tail = file.read()
    end = tail.rfind(_END_SIGNATURE)
    if end < 0 or len(tail) < end + _END_BYTES:
        raise BadArchive("it ends too early")
    count, size = struct.unpack_from("<HI", tail, end + _END_COUNT_AT)
    if count > limits.members or size > limits.members * _MOST_ENTRY_BYTES:
        raise TooManyMembers(f"{count} members")


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what zipfile raises on damaged archives into BadArchive."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise BadArchive(str(error)) from error


def _members(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > limits.members:
        raise TooManyMembers(f"{len(members)} members")
    # Two members of one name: who reads it next could take the one that was not looked at.
    if len({member.filename for member in members}) != len(members):
        raise BadArchive("two members of one name")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise BadArchive("encrypted")
    return members
