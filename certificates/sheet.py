"""The sheet of paper that a certificate is drawn on: A4; lengths in points from its top left corner."""

import io
from collections.abc import Iterable

from PIL import Image, ImageDraw

from certificates import typesetting
from certificates.typefaces import PIXELS, Typefaces
from certificates.typesetting import Line, Style

WIDTH, HEIGHT = 210 / 25.4 * 72, 297 / 25.4 * 72
PPI = 150
TWICE = 2  # the page is drawn at twice its size, and scaled down for smooth edges


def mm(length: float) -> float:
    """Return the millimetres in points."""
    return length / 25.4 * 72


def pixels(length: float) -> int:
    """Return the length in pixels of the drawing, even, so that edges fall between pixels of the kept page."""
    return TWICE * round(length * PIXELS / TWICE)


class Sheet:
    """A white page with what was put on it."""

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self._page = Image.new("RGB", (pixels(WIDTH), pixels(HEIGHT)), "white")
        self._draw = ImageDraw.Draw(self._page)

    def write(self, words: str, style: Style, x: float, baseline: float, *, align: float = 0.0) -> float:
        """Put the words on a baseline, `align` of their width to the left of `x`; return their width."""
        line = typesetting.line(words, style, self._typefaces)
        self.write_line(line, x, baseline, align=align)
        return line.width

    def write_line(self, line: Line, x: float, baseline: float, *, align: float = 0.0) -> None:
        """Put a line that is already set."""
        at = x - align * line.width - line.hang
        for glyph in line.glyphs:
            if not glyph.character.isspace():
                place = (at * PIXELS, baseline * PIXELS)
                self._draw.text(place, glyph.character, line.style.colour, glyph.font, anchor="ls")
            at += glyph.advance

    def paragraph(
        self, words: str, style: Style, measure: float, *, indent: float = 0.0, justified: bool = False
    ) -> list[Line]:
        """Return the words on lines of at most `measure`, not yet put."""
        return typesetting.paragraph(words, style, self._typefaces, measure=measure, indent=indent, justified=justified)

    def stack(self, lines: Iterable[Line], x: float, baseline: float, step: float, *, align: float = 0.0) -> float:
        """Put lines below each other, the first on the baseline; return the baseline of the last."""
        last = baseline
        for number, line in enumerate(lines):
            last = baseline + number * step
            self.write_line(line, x, last, align=align)
        return last

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill a rectangle."""
        box = (pixels(left), pixels(top), pixels(right) - 1, pixels(bottom) - 1)
        self._draw.rectangle(box, fill=colour)

    def rule(self, start: tuple[float, float], end: tuple[float, float], thickness: float, colour: str) -> None:
        """Draw a level or upright line, at least a pixel of the kept page thick."""
        (left, top), (right, bottom) = sorted((start, end))
        half = max(TWICE, pixels(thickness)) / PIXELS / 2
        if top == bottom:
            self.bar(left, top - half, right, top + half, colour)
        else:
            self.bar(left - half, min(top, bottom), left + half, max(top, bottom), colour)

    def paste(self, picture: Image.Image | str, left: float, top: float, mask: Image.Image | None = None) -> None:
        """Put a picture, or a colour through a mask, with its top left corner there."""
        self._page.paste(picture, (pixels(left), pixels(top)), mask)

    def png(self) -> bytes:
        """Return the page as a PNG of 1240 × 1754 pixels that prints as A4; the same drawing gives the same bytes."""
        size = (self._page.width // TWICE, self._page.height // TWICE)
        packed = io.BytesIO()
        self._page.resize(size, Image.Resampling.LANCZOS).save(packed, "PNG", dpi=(PPI, PPI))
        return packed.getvalue()
