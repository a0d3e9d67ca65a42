"""QR codes, written and read."""

import io

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
        with Image.open(io.BytesIO(picture), formats=["JPEG"]) as opened:
            if opened.width * opened.height > most_pixels:
                return None
            grey = opened.convert("L")
    except (UnidentifiedImageError, OSError):
        return None
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found[0].text if found else None
