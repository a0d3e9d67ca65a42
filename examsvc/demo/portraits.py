"""Portraits of people who do not exist: drawn, on white, in the proportions of an identity photo."""

import io
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 358, 441  # 26 × 32 mm at 350 dpi
SCALE = 3
SKINS = ("#f3d3b8", "#ecc4a2", "#e2b48f", "#f6dcc6")
HAIRS = ("#1d1b1a", "#2b2320", "#3a2c24", "#151515")
CLOTHES = ("#2f4858", "#3d5a80", "#5b3a54", "#386150", "#5c4742", "#44526d")


def draw(seed: str) -> bytes:
    """Return a JPEG portrait; the same seed gives the same person."""
    rng = random.Random(seed)  # noqa: S311 (a picture, not a secret)
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white")
    pen = ImageDraw.Draw(image)
    skin, hair, cloth = rng.choice(SKINS), rng.choice(HAIRS), rng.choice(CLOTHES)
    is_long = rng.random() < 0.5  # noqa: PLR2004 (even odds)
    if is_long:
        _ellipse(pen, 179, 200, 105, 130, hair)
        pen.rectangle(_box(78, 200, 280, 340), fill=hair)
    _body(pen, skin, cloth)
    _face(pen, skin, hair, rng)
    _fringe(pen, hair, rng)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def _body(pen: ImageDraw.ImageDraw, skin: str, cloth: str) -> None:
    pen.rounded_rectangle(_box(28, 345, 330, 560), radius=95 * SCALE, fill=cloth)
    pen.polygon(_points((134, 350), (224, 350), (179, 420)), fill="white")
    pen.rounded_rectangle(_box(150, 285, 208, 375), radius=26 * SCALE, fill=skin)
    pen.polygon(_points((128, 346), (152, 350), (179, 412), (160, 430)), fill=cloth)
    pen.polygon(_points((230, 346), (206, 350), (179, 412), (198, 430)), fill=cloth)


def _face(pen: ImageDraw.ImageDraw, skin: str, hair: str, rng: random.Random) -> None:
    for side in (92, 266):
        _ellipse(pen, side, 215, 14, 24, skin)
    _ellipse(pen, 179, 205, 88, rng.randint(106, 114), skin)
    gap, brow = rng.randint(34, 38), rng.randint(172, 178)
    for side in (-1, 1):
        eye = 179 + side * gap
        pen.line(_points((eye - 17, brow), (eye + 17, brow - 3)), fill=hair, width=6 * SCALE)
        _ellipse(pen, eye, 203, 9, 7, "#2a211c")
    pen.arc(_box(166, 215, 192, 247), 40, 140, fill="#c79a78", width=4 * SCALE)
    pen.arc(_box(150, 235, 208, 275), 25, 155, fill="#b0605a", width=5 * SCALE)
    if rng.random() < 0.3:  # noqa: PLR2004 (some people wear glasses)
        for side in (-1, 1):
            pen.ellipse(_around(179 + side * gap, 203, 26, 22), outline="#3b3b3b", width=3 * SCALE)
        pen.line(_points((169, 201), (189, 201)), fill="#3b3b3b", width=3 * SCALE)


def _fringe(pen: ImageDraw.ImageDraw, hair: str, rng: random.Random) -> None:
    pen.chord(_box(86, 82, 272, 262), 180, 360, fill=hair)
    parting = rng.randint(130, 228)
    pen.polygon(_points((88, 170), (parting, 130), (130, 120)), fill=hair)
    pen.polygon(_points((270, 170), (parting, 130), (230, 120)), fill=hair)


def _ellipse(pen: ImageDraw.ImageDraw, x: int, y: int, across: int, down: int, fill: str) -> None:
    pen.ellipse(_around(x, y, across, down), fill=fill)


def _around(x: int, y: int, across: int, down: int) -> tuple[int, int, int, int]:
    return _box(x - across, y - down, x + across, y + down)


def _box(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


def _points(*points: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x * SCALE, y * SCALE) for x, y in points]
