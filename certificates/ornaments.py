"""What decorates the drawn certificate: the frame, its corners and the rosette. Lengths in points."""

import math

from PIL import Image, ImageDraw

from certificates.sheet import HEIGHT, TWICE, WIDTH, Sheet, mm
from certificates.typefaces import PIXELS

RED, GOLD, PALE = "#9b1c1c", "#b08d4c", "#e7dcc4"
_LONG, _SHORT, _PETALS, _TURN = mm(118), mm(62), 18, math.radians(10)

Point = tuple[float, float]


def decorate(sheet: Sheet) -> None:
    """Draw everything behind the words."""
    _rosette(sheet)
    _double_frame(sheet)
    for is_right in (False, True):
        for is_low in (False, True):
            _corner(sheet, is_right=is_right, is_low=is_low)


def outline(sheet: Sheet, corner: Point, other: Point, thickness: float, colour: str) -> None:
    """Draw a rectangle's four sides."""
    (left, top), (right, bottom), half = corner, other, thickness / 2
    for y in (top, bottom):
        sheet.rule((left - half, y), (right + half, y), thickness, colour)
    for x in (left, right):
        sheet.rule((x, top - half), (x, bottom + half), thickness, colour)


def dashed(sheet: Sheet, corner: Point, other: Point, thickness: float, colour: str) -> None:
    """Draw a rectangle's four sides in dashes of about three points, whole ones in its corners."""
    (left, top), (right, bottom) = corner, other
    for start, end in _dashes(left, right):
        for y in (top, bottom):
            sheet.rule((start, y), (end, y), thickness, colour)
    for start, end in _dashes(top, bottom):
        for x in (left, right):
            sheet.rule((x, start), (x, end), thickness, colour)


def _dashes(start: float, end: float, length: float = 3.0) -> list[Point]:
    count = 2 * round((end - start) / length / 2) + 1
    step = (end - start) / count
    return [(start + step * number, start + step * (number + 1)) for number in range(0, count, 2)]


def _double_frame(sheet: Sheet) -> None:
    for width, height, thickness in ((mm(186), mm(273), 2.2), (mm(182.4), mm(269.4), 0.5)):
        left, top = (WIDTH - width) / 2, (HEIGHT - height) / 2
        outline(sheet, (left, top), (left + width, top + height), thickness, RED)


def _corner(sheet: Sheet, *, is_right: bool, is_low: bool) -> None:
    """Draw two angles and a small square, mirrored into their corner."""

    def at(x: float, y: float) -> Point:
        x, y = mm(18 + x), mm(18 + y)
        return WIDTH - x if is_right else x, HEIGHT - y if is_low else y

    for near, far, thickness in ((0.0, 14.0, 1.1), (2.4, 11.0, 0.6)):
        sheet.rule(at(near, near), at(far, near), thickness, GOLD)
        sheet.rule(at(near, near), at(near, far), thickness, GOLD)
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(at(4.2, 4.2), at(5.8, 5.8), strict=True))
    sheet.bar(left, top, right, bottom, RED)


def _rosette(sheet: Sheet) -> None:
    """Draw the turned ellipses, again at twice the size of the drawing: their lines are thin and never level."""
    scale = PIXELS * TWICE
    side = math.ceil((_LONG + 2) * scale / TWICE) * TWICE
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    for petal in range(_PETALS):
        points = [(side / 2 + x * scale, side / 2 + y * scale) for x, y in _ellipse(petal * _TURN)]
        draw.line(points, fill=255, width=round(0.35 * scale))
    half = side / scale / 2
    sheet.paste(PALE, WIDTH / 2 - half, HEIGHT / 2 + mm(16) - half, mask.reduce(TWICE))


def _ellipse(turn: float, steps: int = 120) -> list[Point]:
    """Return the outline about the origin, its long axis turned by so many radians."""
    cos, sin = math.cos(turn), math.sin(turn)
    angles = [math.tau * step / steps for step in range(steps + 1)]
    points = [(math.cos(angle) * _LONG / 2, math.sin(angle) * _SHORT / 2) for angle in angles]
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]
