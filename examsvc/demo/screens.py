"""Screens of programs that do not exist, drawn for items that ask for a place in a picture."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (640, 400)
MIDDLE = 320
INK, LINE, GROUND, SIDE, BUBBLE, ACCENT = "#1f2937", "#c5ccd6", "#ffffff", "#eef1f5", "#dbe7ff", "#2563eb"


def chat_window() -> bytes:
    """Return a PNG of a chat with a model: conversations on the left, a file button (+) and a send button (▲) below."""
    image = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 150, 399), fill=SIDE)
    for top in range(24, 240, 40):
        pen.rounded_rectangle((14, top, 136, top + 26), radius=6, fill=GROUND, outline=LINE)
    for top, left, right in ((30, 360, 610), (96, 180, 470), (190, 400, 610), (246, 180, 430)):
        pen.rounded_rectangle((left, top, right, top + 44), radius=10, fill=SIDE if left < MIDDLE else BUBBLE)
    pen.rounded_rectangle((180, 326, 612, 380), radius=12, fill=GROUND, outline=INK, width=2)
    _button(pen, 210, INK)
    pen.line((202, 353, 218, 353), fill=GROUND, width=3)
    pen.line((210, 345, 210, 361), fill=GROUND, width=3)
    _button(pen, 582, ACCENT)
    pen.polygon(((574, 359), (590, 359), (582, 344)), fill=GROUND)
    return _png(image)


def _button(pen: ImageDraw.ImageDraw, across: int, fill: str) -> None:
    pen.ellipse((across - 18, 335, across + 18, 371), fill=fill)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


SCREENS: dict[str, Callable[[], bytes]] = {"chat_window": chat_window}
