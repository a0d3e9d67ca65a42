"""The typefaces of the drawn certificate: found by family, fallen back on character by character."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont

from certificates.errors import CannotBePrinted
from examsvc.core import fonts

PIXELS = 300 / 72  # a point, on a page drawn at twice the 150 ppi it is kept at
REGULAR, BOLD = "Regular", "Bold"


class Family(StrEnum):
    """The families by the name in their files, in the order in which they stand in for each other."""

    KAI = "LXGW WenKai"
    SERIF = "Noto Serif CJK SC"
    SANS = "Noto Sans CJK SC"


class Cut(NamedTuple):
    """One face of a font file; a collection has several."""

    path: Path
    number: int  # of the face in its file


class Typefaces:
    """The cuts that were found in the folders; what is missing is left to the other families."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._cuts: dict[tuple[str, str], Cut] = {}
        for name, cut in _cuts(folders):
            self._cuts.setdefault(name, cut)

    def font(self, character: str, family: Family, weight: str, size: float) -> ImageFont.FreeTypeFont:
        """Return the font that draws the character, `size` in points; raises CannotBePrinted when there is none."""
        for cut in self._chain(family, weight):
            if character.isspace() or fonts.has_glyph(cut.path, character):
                return _open(cut, size * PIXELS)
        raise CannotBePrinted(reason=f"no font can draw U+{ord(character):04X}")

    def _chain(self, family: Family, weight: str) -> Iterator[Cut]:
        for wanted in ((family, weight), *((other, REGULAR) for other in Family)):
            if wanted in self._cuts:
                yield self._cuts[wanted]


def _cuts(folders: Iterable[Path]) -> Iterator[tuple[tuple[str, str], Cut]]:
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in fonts.SUFFIXES:
                yield from _cuts_of(path)


def _cuts_of(path: Path) -> Iterator[tuple[tuple[str, str], Cut]]:
    """Return the file's faces with family and style; it does not say how many, but refuses one behind the last."""
    for number in count():
        try:
            family, style = ImageFont.FreeTypeFont(path, 1, number).getname()
        except OSError:
            return
        yield (family or "", style or ""), Cut(path, number)


@cache
def _open(cut: Cut, pixels: float) -> ImageFont.FreeTypeFont:
    """Return the font; not by ImageFont.truetype, which would look for a missing file among the system's."""
    return ImageFont.FreeTypeFont(cut.path, pixels, cut.number)
