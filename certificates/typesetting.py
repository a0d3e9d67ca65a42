"""Setting Chinese and Latin text into lines, as the compiler of the PDF does it. Pure; lengths in points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from PIL.ImageFont import FreeTypeFont

from certificates.typefaces import PIXELS, REGULAR, Family, Typefaces

# Full-width punctuation whose one half is blank.
OPENERS, CLOSERS = "（《「『【〈", "，。、；：！？）》」』】〉"
HALF, QUARTER = 0.5, 0.25
# What stays together on a line: a Latin word or one other character, with the punctuation that belongs to it.
_PIECE = re.compile(rf"[{OPENERS}“‘]*(?:[!-~À-ɏ]+|\S)[{CLOSERS}”’]*|\s+")
_LATIN = re.compile(r"[0-9A-Za-zÀ-ɏ]")
_IDEOGRAPH = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Style:
    """How words look: `size` in points, `tracking` in em."""

    family: Family
    size: float
    colour: str
    weight: str = REGULAR
    tracking: float = 0.0


class Glyph(NamedTuple):
    character: str
    font: FreeTypeFont
    advance: float


@dataclass(frozen=True)
class Line:
    """Glyphs on one line. The blank half of an opening bracket at its start hangs into the margin."""

    glyphs: tuple[Glyph, ...]
    style: Style

    @property
    def hang(self) -> float:
        return HALF * self.style.size if self.glyphs and self.glyphs[0].character in OPENERS else 0.0

    @property
    def width(self) -> float:
        return sum(glyph.advance for glyph in self.glyphs) - self.hang


def line(words: str, style: Style, typefaces: Typefaces) -> Line:
    """Return the words on one line; raises CannotBePrinted for a character without a glyph."""
    characters = [(character, typefaces.font(character, style.family, style.weight, style.size)) for character in words]
    followers: list[tuple[str, FreeTypeFont] | None] = [*characters[1:], None]
    followed = zip(characters, followers, strict=False)
    return Line(tuple(Glyph(*one, _advance(*one, follower, style)) for one, follower in followed), style)


def paragraph(
    words: str, style: Style, typefaces: Typefaces, *, measure: float, indent: float = 0.0, justified: bool = False
) -> list[Line]:
    """Return the words on lines of at most `measure`; justified, all but the last fill it."""
    glyphs = line(words, style, typefaces).glyphs
    spans = _broken(words, [glyph.advance for glyph in glyphs], measure, indent)
    lines = [Line(_ended(glyphs[start:end], style), style) for start, end in spans]
    if not justified:
        return lines
    rooms = [measure - indent, *[measure] * len(lines)]
    return [*(_spread(one, room) for one, room in zip(lines[:-1], rooms, strict=False)), lines[-1]]


def _ended(glyphs: tuple[Glyph, ...], style: Style) -> tuple[Glyph, ...]:
    """Return the glyphs as those of a line of their own: nothing follows the last one any more."""
    return tuple(
        glyph._replace(advance=_advance(glyph.character, glyph.font, None, style)) if number == len(glyphs) else glyph
        for number, glyph in enumerate(glyphs, start=1)
    )


def _advance(character: str, font: FreeTypeFont, follower: tuple[str, FreeTypeFont] | None, style: Style) -> float:
    """Return how far the next character is: with kerning, and between scripts and brackets as Chinese is set."""
    if follower is None:
        return font.getlength(character) / PIXELS - style.size * HALF * (character in CLOSERS)
    following, its_font = follower
    length = font.getlength(character)
    if its_font is font and character.isascii() and following.isascii():
        length = font.getlength(character + following) - font.getlength(following)
    return length / PIXELS + style.size * (style.tracking + _between(character, following))


def _between(character: str, following: str) -> float:
    """Return the space (em) that two characters get, or lose where two blank halves meet."""
    if character in CLOSERS and following in OPENERS + CLOSERS + "“”‘’":
        return -HALF
    if character in OPENERS + "“‘" and following in OPENERS:
        return -HALF
    for one, other in ((character, following), (following, character)):
        if _IDEOGRAPH.match(one) and _LATIN.match(other):
            return QUARTER
    return 0.0


def _broken(words: str, advances: Sequence[float], measure: float, indent: float) -> Iterator[tuple[int, int]]:
    """Return from where to where a line goes, without the blanks at its end."""
    upto = [0.0, *accumulate(advances)]
    start = last = 0
    room = measure - indent
    for end in _chances(words, upto, measure):
        if upto[len(words[:end].rstrip())] - upto[start] > room and last > start:
            yield start, len(words[:last].rstrip())
            start, room = last, measure
        last = end
    yield start, len(words.rstrip())


def _chances(words: str, upto: Sequence[float], measure: float) -> Iterator[int]:
    """Return where a line may end: behind every piece, and inside of one that no line can hold."""
    for piece in _PIECE.finditer(words):
        is_long = upto[piece.end()] - upto[piece.start()] > measure
        yield from range(piece.start() + 1, piece.end() + 1) if is_long else (piece.end(),)


def _spread(one: Line, room: float) -> Line:
    """Return the line stretched to the room, between its characters but not within Latin words."""
    pairs = [*pairwise(glyph.character for glyph in one.glyphs)]
    stretches = [not (this.isascii() and after.isascii()) for this, after in pairs]
    more = (room - one.width) / max(1, sum(stretches))
    glyphs = [
        glyph._replace(advance=glyph.advance + more * stretch)
        for glyph, stretch in zip(one.glyphs, [*stretches, False], strict=True)
    ]
    return replace(one, glyphs=tuple(glyphs))
