"""Which characters the service's fonts can draw, read from their character maps (OpenType `cmap`)."""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})
PREFERRED = "LXGWWenKai-Regular"
_SEGMENTS, _GROUPS = 4, 12
_NO_GLYPH = 0

Span = tuple[int, int]

_folders: tuple[Path, ...] = ()


def use_folders(folders: Iterable[Path]) -> None:
    """Set where the fonts are; called once by the composition root."""
    global _folders  # noqa: PLW0603 (a process has one set of fonts)
    _folders = tuple(folders)


def folders() -> tuple[Path, ...]:
    """Return where the fonts are; empty before they are set."""
    return _folders


def undrawable(text: str) -> set[str]:
    """Return the characters of `text` that no font can draw: empty when all can be drawn.

    Raises RuntimeError before the folders are set.
    """
    missing = {character for character in text if not character.isspace()}
    for path in _fonts(_folders):
        if not missing:
            break
        spans = _spans(path)
        missing = {character for character in missing if not _covers(spans, ord(character))}
    return missing


def has_glyph(path: Path, character: str) -> bool:
    """Return whether the font file can draw the character."""
    return _covers(_spans(path), ord(character))


@cache
def _fonts(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the font files, the certificates' own font first, regular faces before others."""
    found = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES]
    if not found:
        raise RuntimeError("no fonts have been set")
    return tuple(sorted(found, key=lambda path: (path.stem != PREFERRED, "Regular" not in path.stem)))


def _covers(spans: Sequence[Span], code: int) -> bool:
    place = bisect_right(spans, (code, 0x10FFFF)) - 1
    return place >= 0 and spans[place][0] <= code <= spans[place][1]


@cache
def _spans(path: Path) -> tuple[Span, ...]:
    """Return the font's drawable characters as ascending spans (first, last); of a collection, its first font."""
    data = path.read_bytes()
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    return tuple(sorted(_read_spans(data, _cmap(data, start))))


def _cmap(data: bytes, start: int) -> int:
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("the font has no cmap table")


def _read_spans(data: bytes, cmap: int) -> Iterator[Span]:
    """Read the fullest Unicode map of the font: format 12 where there is one, else format 4."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    offsets = {cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)[2] for number in range(count)}
    formats = {struct.unpack_from(">H", data, offset)[0]: offset for offset in sorted(offsets)}
    if _GROUPS in formats:
        yield from _read_groups(data, formats[_GROUPS])
    elif _SEGMENTS in formats:
        yield from _read_segments(data, formats[_SEGMENTS])


def _read_groups(data: bytes, offset: int) -> Iterator[Span]:
    (count,) = struct.unpack_from(">I", data, offset + 12)
    for first, last, glyph in struct.iter_unpack(">III", data[offset + 16 : offset + 16 + 12 * count]):
        yield (first + (glyph == _NO_GLYPH), last)


def _read_segments(data: bytes, offset: int) -> Iterator[Span]:
    half = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{half}H", data, offset + 14)
    starts = struct.unpack_from(f">{half}H", data, offset + 16 + 2 * half)
    yield from ((first, last) for first, last in zip(starts, ends, strict=True) if last < 0xFFFF)  # noqa: PLR2004 (the end mark)
