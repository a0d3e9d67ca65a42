"""Zip archives: written so that the same content is the same bytes, and read so that nothing unpacks without end. Pure.

.docx and .xlsx are such archives too.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant that a zip can tell
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3
CHUNK_BYTES = 64 * 1024
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1


class BadArchive(Exception):
    """It is no whole, plain zip archive."""


class UnpacksTooMuch(BadArchive):
    """More comes out of it than may."""


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
    left = [limits.unpacked_bytes]
    with _refusing(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = _members(data, archive, limits)
        for member in sorted(members, key=lambda one: order(one.filename)) if order else members:
            yield member.filename, _pieces(archive, member, left)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what zipfile raises on damaged archives into BadArchive."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise BadArchive(str(error)) from error


def _members(data: bytes, archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if not data.startswith(_SIGNATURE) or len(members) > limits.members:
        raise BadArchive("no archive, or too many members")
    # Two members of one name: who reads it next could take the one that was not looked at.
    if len({member.filename for member in members}) != len(members):
        raise BadArchive("two members of one name")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise BadArchive("encrypted")
    return members


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: list[int]) -> Iterator[bytes]:
    with _refusing(), archive.open(member) as file:
        while piece := file.read(CHUNK_BYTES):
            left[0] -= len(piece)
            if left[0] < 0:
                raise UnpacksTooMuch
            yield piece
