"""The pictures of a certificate: QR code and portrait, as the compiler takes them and as the drawing does. Pure."""

import base64
import io
from typing import Any

import numpy as np
import zxingcpp
from PIL import Image, ImageOps

MOST_PHOTO_PIXELS = (580, 812)  # 29 × 40.6 mm on paper, at 500 ppi


def qr_svg(url: str) -> bytes:
    """Return the QR code of the address as an SVG."""
    return str(zxingcpp.write_barcode_to_svg(_symbol(url))).encode()


def qr(url: str, pixels: int) -> Image.Image:
    """Return the QR code with its quiet zone, as large as whole and even pixels of a module allow."""
    modules = np.array(zxingcpp.write_barcode_to_image(_symbol(url)))
    scale = pixels // len(modules) // 2 * 2
    return Image.fromarray(modules.repeat(scale, axis=0).repeat(scale, axis=1))


def _symbol(url: str) -> Any:
    return zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


def portrait(photo: bytes) -> Image.Image:
    """Return the photo at the size of print, without what a camera wrote into the file."""
    with Image.open(io.BytesIO(photo)) as picture:
        picture.draft("RGB", MOST_PHOTO_PIXELS)
        small = ImageOps.exif_transpose(picture).convert("RGB")
    small.thumbnail(MOST_PHOTO_PIXELS)
    small.info.clear()  # a comment would be written out again
    return small


def portrait_svg(portrait: Image.Image) -> bytes:
    """Return the portrait in an SVG, because the compiler takes only text from memory."""
    packed = io.BytesIO()
    portrait.save(packed, "JPEG", quality=90)
    width, height = portrait.size
    data = base64.b64encode(packed.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    ).encode()
