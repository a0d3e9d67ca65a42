"""Camera frames drawn with Pillow."""

import io

import numpy as np
from PIL import Image


def scene(seed: int = 0, *, size: tuple[int, int] = (320, 240), noise: int = 8, light: float = 1.0) -> bytes:
    """A room with a person: bright wall, dark shape, and the noise of a sensor that differs with the seed."""
    width, height = size
    across = np.linspace(90, 200, width)[None, :] + np.zeros((height, 1))
    across[height // 3 :, width // 3 : 2 * width // 3] = 60
    across += np.random.default_rng(seed).normal(0, noise, (height, width))
    return jpeg(Image.fromarray((across * light).clip(0, 255).astype(np.uint8)))


def with_comment(frame: bytes, text: bytes) -> bytes:
    """The same picture in other bytes."""
    return frame[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + frame[2:]


def flat(grey: int, seed: int = 0, *, spread: float = 1.0) -> bytes:
    """A covered lens: one grey with the little noise that is left."""
    values = np.random.default_rng(seed).normal(grey, spread, (240, 320))
    return jpeg(Image.fromarray(values.clip(0, 255).astype(np.uint8)))


def large(size: int) -> bytes:
    """A valid JPEG padded to exactly `size` bytes (a comment segment is legal)."""
    base = scene()
    room = size - len(base)
    segments = b""
    while room > 0:
        length = min(room, 65_000) if room - min(room, 65_000) >= 4 or room <= 65_000 else room - 4
        segments += b"\xff\xfe" + (length - 2).to_bytes(2, "big") + b"\x00" * (length - 4)
        room -= length
    return base[:2] + segments + base[2:]


def jpeg(image: Image.Image, quality: int = 60) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (320, 240)).save(out, "PNG")
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A JPEG whose header claims other dimensions than it was made with."""
    data = bytearray(scene())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def rubbish(length: int, seed: int) -> bytes:
    return np.random.default_rng(seed).bytes(length)
