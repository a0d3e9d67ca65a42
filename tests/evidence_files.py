"""Files as phones and scanners make them, small."""

import io

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\0" * 40


def photo(form: str = "JPEG", size: tuple[int, int] = (120, 160)) -> bytes:
    """Return a picture with the camera's place and comment left in."""
    file = io.BytesIO()
    Image.effect_noise(size, 40).save(file, form, comment=b"31.2N 121.4E")
    return file.getvalue()


def blank(size: tuple[int, int]) -> bytes:
    """Return an empty PNG of few bytes."""
    file = io.BytesIO()
    Image.new("1", size).save(file, "PNG")
    return file.getvalue()


def film(brand: bytes = b"mp42", played: bytes = b"\0" * 200) -> bytes:
    """Return an MP4 of three boxes."""
    return box(b"ftyp", brand + b"\0\0\0\0") + box(b"moov", b"\0" * 32) + box(b"mdat", played)


def box(name: bytes, inside: bytes) -> bytes:
    return (8 + len(inside)).to_bytes(4) + name + inside
