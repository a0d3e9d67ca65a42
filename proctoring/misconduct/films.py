"""Films as phones and tablets make them, told by their first bytes, and whether they came whole. Pure."""

from collections.abc import Iterator

from questionbank.content import MediaKind
from questionbank.media import recordings

QUICKTIME = "video/quicktime"
WEBM = "video/webm"
_SIZE, _LONG_SIZE = 8, 16
_MOST_BOXES = 10_000


def media_type(data: bytes) -> str | None:
    """Return the film's media type, or None for whatever is none that a browser may play."""
    if data[4:12] == b"ftypqt  ":
        return QUICKTIME
    found = recordings.sniffed(data)
    return found[1] if found and found[0] == MediaKind.VIDEO else None


def is_whole(data: bytes, kind: str) -> bool:
    """Return whether the boxes of a film fill the file exactly and one of them says how to play it.

    WebM may be written as a stream without an end: of it the head is all there is to look at.
    """
    if kind == WEBM:
        return True
    boxes = list(_boxes(data))
    return bool(boxes) and boxes[-1][1] == len(data) and any(name == b"moov" for name, _ in boxes)


def _boxes(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield name and end of each outermost box (ISO/IEC 14496-12, 4.2) as its size says."""
    start = 0
    for _ in range(_MOST_BOXES):
        if start + _SIZE > len(data):
            return
        size = int.from_bytes(data[start : start + 4])
        if size == 1:  # the size follows in 64 bits
            size = int.from_bytes(data[start + _SIZE : start + _LONG_SIZE])
        elif size == 0:  # to the end of the file
            size = len(data) - start
        if size < _SIZE:
            return
        yield data[start + 4 : start + 8], start + size
        start += size
