"""A file that was sent, put where the readers can walk it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from questionbank.errors import FileRefused
from questionbank.interchange.model import Refused


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Path]:
    """Keep the file in a folder of its own, under a name that keeps only the ending.

    What a reader refuses while it is open is raised as FileRefused.
    """
    with TemporaryDirectory(prefix="examsvc-import-") as folder:
        path = Path(folder) / f"file{Path(name).suffix.lower()[:6]}"
        path.write_bytes(data)
        try:
            yield path
        except Refused as refused:
            raise FileRefused(fault=refused.code, reason=refused.detail) from refused
