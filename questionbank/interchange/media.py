"""Pictures, sounds and films: what they are is told by their first bytes, never by a name."""

import binascii
import hashlib
import re

from questionbank.interchange.model import Medium
from questionbank.media import recordings

PICTURE, AUDIO, VIDEO = "PICTURE", "AUDIO", "VIDEO"
_KINDS = {"image": PICTURE, "audio": AUDIO, "video": VIDEO}
_DATA_URI = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.+-]+)*;base64,", re.IGNORECASE)
_PICTURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
)


def medium(data: bytes, name: str = "") -> Medium | None:
    """Return the medium in the bytes; None when they are no picture, sound or film."""
    picture = next((media_type for magic, media_type in _PICTURES if magic.match(data)), None)
    _, recording = recordings.sniffed(data, name=name) or (None, None)
    media_type = picture or recording
    return Medium(hashlib.sha256(data).hexdigest(), media_type, data, name) if media_type else None


def from_base64(text: str, name: str = "") -> Medium | None:
    """Return the medium that is written in base64; None when it is none."""
    try:
        return medium(binascii.a2b_base64(text), name)  # passes over what is no base64, and copies no long text
    except (binascii.Error, ValueError):
        return None


def from_data_uri(uri: str) -> Medium | None:
    """Return the medium within a `data:` address; None when the address is another or holds none."""
    head = _DATA_URI.match(uri)
    return from_base64(uri[head.end() :]) if head else None


def kind_of(media_type: str) -> str:
    """Return PICTURE, AUDIO or VIDEO; KeyError for what is none of them."""
    return _KINDS[media_type.partition("/")[0]]
