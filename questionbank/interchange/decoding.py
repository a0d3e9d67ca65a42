"""The encoding of text files: UTF-8 and UTF-16 by their mark, else UTF-8, else GB 18030, which holds GBK."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from questionbank.interchange.model import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CANDIDATES = ("utf-8", "gb18030")
_CHUNK_BYTES = 64 * 1024


def encoding_of(path: Path) -> str:
    """Return the encoding of the whole file; raises Refused (`encoding_unknown`)."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    for encoding in [marked] if marked else _CANDIDATES:
        if _decodes(path, encoding):
            return encoding
    raise Refused("encoding_unknown", "it is neither UTF-8 nor GB 18030")


@contextmanager
def opened(path: Path, newline: str | None = None) -> Iterator[TextIO]:
    """Open the text file for reading in its encoding; raises Refused."""
    with path.open(encoding=encoding_of(path), newline=newline) as file:
        yield file


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK_BYTES):
                if "\0" in decoder.decode(piece):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
