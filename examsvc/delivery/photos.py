"""Candidates' photos: what is uploaded is decoded and encoded anew, so that nothing but the picture is kept."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from examsvc.core.errors import TooLarge
from examsvc.delivery.errors import BadPhoto

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 24_000_000
LEAST_SIDE = 100
KEPT_SIZE = (960, 1280)
FORMATS = ("JPEG", "PNG")
CONTENT_TYPE = "image/jpeg"


def prepared(data: bytes) -> bytes:
    """Return the photo as an upright RGB JPEG of at most 960 × 1280 pixels; raises TooLarge, BadPhoto."""
    if len(data) > MOST_BYTES:
        raise TooLarge(limit=MOST_BYTES)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            return _encoded(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadPhoto(reason="it is not a whole JPEG or PNG picture") from error


def _check_size(image: Image.Image) -> None:
    """Look at the header's numbers, before anything is decoded."""
    if image.width * image.height > MOST_PIXELS:
        raise BadPhoto(reason="it has too many pixels")
    if min(image.size) < LEAST_SIDE:
        raise BadPhoto(reason=f"each side needs at least {LEAST_SIDE} pixels")


def _encoded(image: Image.Image) -> bytes:
    if image.format == "JPEG":
        image.draft("RGB", KEPT_SIZE)
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail(KEPT_SIZE)
    file = io.BytesIO()
    _on_white(upright).save(file, "JPEG", quality=90)
    return file.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
