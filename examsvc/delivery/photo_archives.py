"""Photos of many candidates in one ZIP, each file named by the number of its candidate's document. Trusted in nothing.

A name is the number, `310101190001010011.jpg`, or the number and the person's name parted by a sign or a blank,
`赵一_310101190001010011.jpg`; folders do not matter. Nothing is unpacked to disk. Names hold identity numbers: they are
shown masked, and neither logged nor kept.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

from examsvc.core import archives
from examsvc.core.archives import Archive, BadArchive
from examsvc.core.errors import Refusal, TooLarge
from examsvc.delivery import identity_numbers, photo_checks, photos
from examsvc.delivery.errors import BadPhotoArchive
from examsvc.delivery.photo_checks import PhotoFault

MOST_BYTES = 256 * 1024 * 1024
"""Of the archive as it is sent: a thousand photos of 200 KB and some room."""
LIMITS = archives.Limits(members=6_000, unpacked_bytes=512 * 1024 * 1024)
MOST_UNMATCHED = 100
_LITTER = ("__MACOSX", "Thumbs.db", "desktop.ini")
_PARTING = re.compile(r"[\s_+,，、()（）-]+")
_NUMBERS = re.compile(r"[0-9A-Za-z]{6,}")


class PhotoFound(StrEnum):
    """What became of a row's picture."""

    FOUND = "FOUND"
    MISSING = "MISSING"
    BAD = "BAD"


@dataclass(frozen=True)
class Photo:
    """A row's picture; `code` and `detail` say what is to be looked at, `digest` where it was kept."""

    found: PhotoFound
    code: str | None = None
    detail: str = ""
    faults: Sequence[PhotoFault] = ()
    digest: str | None = None

    @property
    def is_bad(self) -> bool:
        return self.found == PhotoFound.BAD


MISSING = Photo(PhotoFound.MISSING, "photo_missing", "No picture is named by this number.")
REPEATED = Photo(PhotoFound.BAD, "photo_repeated", "More than one picture is named by this number.")


@dataclass(frozen=True)
class Photos:
    """The pictures of an archive by the numbers that were asked for; masked names of those nobody asked for."""

    by_number: Mapping[str, Photo] = field(repr=False)
    unmatched: Sequence[str]

    def of(self, number: str) -> Photo:
        return self.by_number.get(compact(number), MISSING)


def read(file: BinaryIO, numbers: Iterable[str], *, keep: Callable[[bytes], str] | None = None) -> Photos:
    """Return the pictures named by any of the numbers, looked at, and kept by `keep` when it is given.

    Raises TooLarge, and BadPhotoArchive when it is no plain archive, unpacks to too much, or has names that lead out
    of it.
    """
    if file.seek(0, 2) > MOST_BYTES:
        raise TooLarge(limit=MOST_BYTES)
    try:
        with archives.opened(file, LIMITS) as archive:
            found, unmatched = _matched(_names(archive), {compact(number) for number in numbers})
            return Photos({number: _photo(archive, names, keep) for number, names in found.items()}, unmatched)
    except archives.UnpacksTooMuch as error:
        raise BadPhotoArchive(fault="unpacks_too_large", reason="it unpacks to more than photos need") from error
    except archives.TooManyMembers as error:
        raise BadPhotoArchive(fault="too_many_files", reason=f"it has more than {LIMITS.members} files") from error
    except BadArchive as error:
        raise BadPhotoArchive(fault="unreadable", reason="it is not a whole .zip file without a password") from error


def compact(number: str) -> str:
    """Return a number as it is compared with file names."""
    return "".join(number.split()).upper()


def _names(archive: Archive) -> list[str]:
    for name in archive.names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
            raise BadPhotoArchive(fault="bad_path", reason="a name in it leads out of it")
    return [name for name in archive.names if not name.endswith("/") and not _is_litter(name)]


def _is_litter(name: str) -> bool:
    """Whether a system's own bookkeeping was packed along."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or any(part in _LITTER for part in path.parts)


def _matched(names: Sequence[str], numbers: set[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the names by number, and the masked ones of nobody."""
    found: dict[str, list[str]] = defaultdict(list)
    unmatched: list[str] = []
    for name in names:
        meant = _parts(name) & numbers
        if meant:
            found[min(meant)].append(name)
        elif len(unmatched) < MOST_UNMATCHED:
            unmatched.append(masked(name))
    return found, unmatched


def _parts(name: str) -> set[str]:
    stem = PurePosixPath(written(name)).stem
    return {compact(stem), *(part.upper() for part in _PARTING.split(stem))} - {""}


def written(name: str) -> str:
    """Return a member's own name as it was typed: what an archive calls code page 437 is UTF-8 on a Mac, else GBK."""
    last = name.rpartition("/")[2]
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return last.encode("cp437").decode(encoding)
    return last


def masked(name: str) -> str:
    """Return a member's own name with whatever could be a document's number hidden."""
    return _NUMBERS.sub(lambda number: identity_numbers.masked(number[0]), written(name))


def _photo(archive: Archive, names: Sequence[str], keep: Callable[[bytes], str] | None) -> Photo:
    if len(names) > 1:
        return REPEATED
    time.sleep(0)  # under gevent the other connections get their turn
    try:
        data = _content(archive, names[0])
        prepared = photos.prepared(data)
    except Refusal as refusal:
        return Photo(PhotoFound.BAD, "photo_too_large" if isinstance(refusal, TooLarge) else refusal.code, str(refusal))
    faults = photo_checks.faults(data)
    odd = {"code": "photo_odd", "detail": f"To be looked at: {', '.join(faults)}."} if faults else {}
    return Photo(PhotoFound.FOUND, **odd, faults=faults, digest=keep(prepared) if keep else None)


def _content(archive: Archive, name: str) -> bytes:
    """Return a picture, reading no more than one may be large."""
    data = b""
    for piece in archive.pieces(name):
        data += piece
        if len(data) > photos.MOST_BYTES:
            raise TooLarge(limit=photos.MOST_BYTES)
    return data
