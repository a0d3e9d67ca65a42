"""Pictures, sounds and films: what they are is told by their first bytes, never by a name."""

import base64
import binascii
import hashlib
import re

from questionbank.interchange.model import Medium

PICTURE, AUDIO, VIDEO = "PICTURE", "AUDIO", "VIDEO"
_KINDS = {"image": PICTURE, "audio": AUDIO, "video": VIDEO}
_DATA_URI = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.+-]+)*;base64,", re.IGNORECASE)
_MAGIC = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2\xfa]"), "audio/mpeg"),
    (re.compile(rb"OggS.{24}.\x01video|OggS.{24}.\x80theora", re.DOTALL), "video/ogg"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"....ftypM4A", re.DOTALL), "audio/mp4"),
    (re.compile(rb"....ftyp", re.DOTALL), "video/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
)


def medium(data: bytes, name: str = "") -> Medium | None:
    """Return the medium in the bytes; None when they are no picture, sound or film that may be shown."""
    media_type = next((kind for magic, kind in _MAGIC if magic.match(data)), None)
    return Medium(hashlib.sha256(data).hexdigest(), media_type, data, name) if media_type else None


def from_base64(text: str, name: str = "") -> Medium | None:
    """Return the medium that is written in base64; None when it is none."""
    try:
        return medium(base64.b64decode("".join(text.split()), validate=True), name)
    except (binascii.Error, ValueError):
        return None


def from_data_uri(uri: str) -> Medium | None:
    """Return the medium within a `data:` address; None when the address is another or holds none."""
    head = _DATA_URI.match(uri)
    return from_base64(uri[head.end() :]) if head else None


def kind_of(media_type: str) -> str:
    """Return PICTURE, AUDIO or VIDEO; KeyError for what is none of them."""
    return _KINDS[media_type.partition("/")[0]]
