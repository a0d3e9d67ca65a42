"""Whether a photo is what a ticket and a certificate need: white ground, upright, 40 to 200 KB (domain.md 2.3). Pure.

These are looked at by people: a photo that is not so is told, and taken all the same.
"""

import io
from enum import StrEnum

from PIL import Image, ImageOps

LEAST_BYTES, MOST_BYTES = 40 * 1024, 200 * 1024
LOOKED_AT = (120, 160)
BORDER = 12
"""How many pixels of the sides and the top are taken for the ground, in the picture as it is looked at."""
WHITE = 225
WHITE_SHARE = 0.7
UPRIGHT = (1.2, 1.6)
"""Height by width; one inch (25 × 35 mm) has 1.4."""


class PhotoFault(StrEnum):
    """What a person should look at."""

    FEW_BYTES = "FEW_BYTES"
    MANY_BYTES = "MANY_BYTES"
    NOT_UPRIGHT = "NOT_UPRIGHT"
    NOT_WHITE = "NOT_WHITE"


def faults(data: bytes) -> list[PhotoFault]:
    """Return what is wrong with a photo that can be read, as it was uploaded."""
    found = []
    if len(data) < LEAST_BYTES:
        found.append(PhotoFault.FEW_BYTES)
    if len(data) > MOST_BYTES:
        found.append(PhotoFault.MANY_BYTES)
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", LOOKED_AT)
        upright = ImageOps.exif_transpose(image)
        if not UPRIGHT[0] <= upright.height / upright.width <= UPRIGHT[1]:
            found.append(PhotoFault.NOT_UPRIGHT)
        if white_share(upright) < WHITE_SHARE:
            found.append(PhotoFault.NOT_WHITE)
    return found


def white_share(image: Image.Image) -> float:
    """Return how much of the ground beside and above the head is white, between 0 and 1."""
    rgba = image.convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB").resize(LOOKED_AT)
    width, height = LOOKED_AT
    ground = [(0, 0, width, BORDER), (0, 0, BORDER, height // 2), (width - BORDER, 0, width, height // 2)]
    pixels = [pixel for box in ground for pixel in zip(*[iter(flat.crop(box).tobytes())] * 3, strict=True)]
    return sum(min(pixel) >= WHITE for pixel in pixels) / len(pixels)
