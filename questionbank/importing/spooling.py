"""Lines of JSON in a file without a name, which is gone when nobody holds it any more."""

import json
import weakref
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any

from examsvc.core import canonical
from questionbank.secrecy import keys

WHAT = "import.spool"


class Spool:
    """Written first, then read, as often as is needed; what belongs to a secret bank is written under its key."""

    def __init__(self, wrapped: str | None) -> None:
        self._wrapped = wrapped
        self._file = TemporaryFile(prefix="examsvc-import-")  # noqa: SIM115 (it lives as long as the spool)
        weakref.finalize(self, self._file.close)

    def add(self, value: dict[str, Any]) -> None:
        """Write one value; UUIDs become strings."""
        line = json.dumps(value, ensure_ascii=False, default=canonical.plain).encode()
        self._file.write((line if self._wrapped is None else keys.seal(self._wrapped, WHAT, line).encode()) + b"\n")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line if self._wrapped is None else keys.unseal(self._wrapped, WHAT, line.decode()))
