"""QR codes, written and read."""

import io
import warnings

import zxingcpp
from PIL import Image, UnidentifiedImageError


def svg(text: str) -> str:
    """Return a QR code of the text as an SVG picture, with medium error correction."""
    return str(
        zxingcpp.write_barcode_to_svg(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))
    )


def read(picture: bytes, *, most_pixels: int) -> str | None:
    """Return the text of the first QR code in a picture, or None: also for what is no picture, or one too large."""
    try:
        grey = _grey(picture, most_pixels)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    if grey is None:
        return None
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found[0].text if found else None


def _grey(picture: bytes, most_pixels: int) -> Image.Image | None:
    """Return the picture in grey, or None for one too large; of a huge one Pillow warns or raises before that."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(picture), formats=["JPEG"]) as opened:
            return None if opened.width * opened.height > most_pixels else opened.convert("L")
