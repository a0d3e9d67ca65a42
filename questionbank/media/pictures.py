"""Pictures: decoded whole, turned upright, and kept without what is not the picture (place, camera, comments). Pure."""

import io
from dataclasses import dataclass, field

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from questionbank.content.hotspots import MOST_SIDE
from questionbank.errors import BadMedium

MOST_PIXELS = 24_000_000
FORMATS = ("PNG", "JPEG", "GIF")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_END_OF_JPEG = b"\xff\xd9"
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept; width and height in pixels."""

    media_type: str
    width: int
    height: int
    data: bytes = field(repr=False)


def is_picture(data: bytes) -> bool:
    """Return whether the file begins like a picture that can be kept."""
    return data.startswith(_SIGNATURES)


def prepared(data: bytes) -> Picture:
    """Return the picture as PNG or JPEG; what is prepared once is prepared to the same bytes again.

    Raises BadMedium for what is broken, moves, or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check(image)
            image.load()
            return _jpeg(image, data) if isinstance(image, JpegImageFile) else _png(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_wide() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadMedium(fault="medium_broken", reason="the picture cannot be read to its end") from error


def _check(image: Image.Image) -> None:
    """Look at the header's numbers, before anything is decoded."""
    if max(image.size) > MOST_SIDE or image.width * image.height > MOST_PIXELS:
        raise _too_wide()
    # Cameras put a second picture, for example of brightness, behind a JPEG; it does not move.
    if getattr(image, "n_frames", 1) > 1 and not isinstance(image, JpegImageFile):
        raise BadMedium(fault="medium_moves", reason="it is a moving picture; use a film")


def _too_wide() -> BadMedium:
    return BadMedium(fault="medium_too_wide", reason=f"it has more than {MOST_PIXELS} pixels, or {MOST_SIDE} on a side")


def _jpeg(image: JpegImageFile, data: bytes) -> Picture:
    is_bare = all(name == "APP0" for name, _ in image.applist) and data.endswith(_END_OF_JPEG)
    if is_bare and image.mode in ("L", "RGB"):
        return Picture("image/jpeg", *image.size, data)
    upright = _upright(image).convert("RGB")
    upright.info = {}
    return Picture("image/jpeg", *upright.size, _saved(upright, "JPEG", quality=92))


def _png(image: Image.Image) -> Picture:
    upright = _upright(image)
    plain = upright if upright.mode in _PNG_MODES else upright.convert("RGBA")
    plain.info = {name: value for name, value in plain.info.items() if name in ("transparency", "icc_profile")}
    return Picture("image/png", *plain.size, _saved(plain, "PNG"))


def _upright(image: Image.Image) -> Image.Image:
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    return ImageOps.exif_transpose(image) if turned else image


def _saved(image: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
