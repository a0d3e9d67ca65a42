"""Pictures for the typesetter, which takes only text from memory: QR codes and photos as SVG. Pure."""

import base64
import io
from typing import Any

import zxingcpp
from PIL import Image, ImageOps


def qr_symbol(text: str) -> Any:
    """Return the QR code of the text (GB/T 18284), of which a seventh may be damaged."""
    return zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


def qr_svg(text: str) -> bytes:
    """Return the QR code of the text with its quiet zone."""
    return str(zxingcpp.write_barcode_to_svg(qr_symbol(text))).encode()


def portrait(photo: bytes, most: tuple[int, int]) -> Image.Image:
    """Return the photo within `most` pixels, without what a camera wrote into the file."""
    with Image.open(io.BytesIO(photo)) as picture:
        picture.draft("RGB", most)
        small = ImageOps.exif_transpose(picture).convert("RGB")
    small.thumbnail(most)
    small.info.clear()  # a comment would be written out again
    return small


def portrait_svg(portrait: Image.Image) -> bytes:
    """Return the portrait in an SVG."""
    packed = io.BytesIO()
    portrait.save(packed, "JPEG", quality=90)
    return _svg(portrait.size, "image/jpeg", packed.getvalue())


def picture_svg(picture: bytes) -> bytes:
    """Return a PNG or JPEG, as an item bank keeps it, in an SVG."""
    with Image.open(io.BytesIO(picture)) as opened:
        return _svg(opened.size, Image.MIME[str(opened.format)], picture)


def _svg(size: tuple[int, int], media_type: str, packed: bytes) -> bytes:
    width, height = size
    data = base64.b64encode(packed).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{media_type};base64,{data}"/></svg>'
    ).encode()
