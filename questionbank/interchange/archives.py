"""Packages of files: opened so that no name leads outside and nothing unpacks without end."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from examsvc.core import archives
from examsvc.core.archives import BadArchive, Limits, TooManyMembers, UnpacksTooMuch
from questionbank.interchange.model import Refused

MEMBER_BYTES = 256 * 1024**2
LIMITS = Limits(members=50_000, unpacked_bytes=2 * 1024**3)
_HARMLESS_BYTES = 1024**2
_UNSAID = ("gb18030", "utf-8")
_MOST_GROWTH = 200  # text shrinks to a twentieth, a bomb to a thousandth


class Package:
    """An open zip file whose members are read by their name, each within `MEMBER_BYTES`."""

    def __init__(self, archive: archives.Archive, packed_bytes: int):
        self._archive = archive
        self.names = [name for name in archive.names if not name.endswith("/")]
        self._known = set(self.names)
        self._folded = {name.casefold(): name for name in self.names}
        for name in archive.names:
            _check_name(name)
        declared = [archive.declared_bytes(name) for name in self.names]
        _check_sizes(declared, packed_bytes)

    def held(self, name: str) -> str:
        """Return the name as the package writes it, in other capitals or letters taken for others; "" when it is none.

        Programs that do not say their encoding write GBK or UTF-8, and zip takes it for code page 437.
        """
        misread = (name.encode(encoding, "replace").decode("cp437") for encoding in _UNSAID)
        written = next((one for one in (name, *misread) if one in self._known), "")
        return written or self._folded.get(name.casefold(), "")

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the member in pieces; raises Refused, and KeyError when there is no such member."""
        left = MEMBER_BYTES
        with _refusing():
            for piece in self._archive.pieces(name):
                left -= len(piece)
                if left < 0:
                    raise UnpacksTooMuch(name)
                yield piece

    def read(self, name: str) -> bytes:
        """Return the member's bytes; raises as `pieces` does."""
        return b"".join(self.pieces(name))


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open the zip file; raises Refused with a code that begins with `archive_`."""
    with path.open("rb") as file, _refusing(), archives.opened(file, LIMITS) as archive:
        yield Package(archive, path.stat().st_size)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except UnpacksTooMuch as error:
        raise Refused("archive_too_large", f"it unpacks to more than may be ({error})") from error
    except TooManyMembers as error:
        raise Refused("archive_too_many_members", f"{error}; at most {LIMITS.members}") from error
    except (BadArchive, zlib.error) as error:
        raise Refused("archive_damaged", str(error)) from error


def _check_name(name: str) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0] or "\0" in name:
        raise Refused("archive_unsafe_name", f"the member {name!r} would lie outside the package")


def _check_sizes(declared: list[int], packed_bytes: int) -> None:
    total = sum(declared)
    if total > LIMITS.unpacked_bytes or max(declared, default=0) > MEMBER_BYTES:
        raise Refused("archive_too_large", f"it says that it unpacks to {total} bytes")
    if total > _HARMLESS_BYTES and total > packed_bytes * _MOST_GROWTH:
        raise Refused("archive_bomb", f"{packed_bytes} bytes would become {total}")
