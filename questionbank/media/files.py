"""What an uploaded file is by its content, and the bytes of it that are kept. Pure."""

from dataclasses import dataclass, field

from examsvc.core.errors import TooLarge
from questionbank.content.media import MediaKind
from questionbank.errors import BadMedium
from questionbank.media import pictures, recordings

MEBIBYTE = 1024 * 1024
MOST_BYTES = {MediaKind.PICTURE: 5 * MEBIBYTE, MediaKind.AUDIO: 10 * MEBIBYTE, MediaKind.VIDEO: 50 * MEBIBYTE}
MOST_OF_ANY = max(MOST_BYTES.values())


@dataclass(frozen=True)
class MediumFile:
    """A file that passed; width and height in pixels, of pictures alone."""

    kind: MediaKind
    media_type: str
    data: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None


def prepared(data: bytes, *, name: str = "") -> MediumFile:
    """Return the file as it is kept: pictures decoded and, unless they are bare, encoded anew; recordings as they are.

    `name` tells a sound in an MP4 container from a film. Raises TooLarge, BadMedium.
    """
    if pictures.is_picture(data):
        _check_size(data, MediaKind.PICTURE)
        picture = pictures.prepared(data)
        return MediumFile(MediaKind.PICTURE, picture.media_type, picture.data, picture.width, picture.height)
    recording = recordings.sniffed(data, name=name)
    if recording is None:
        raise BadMedium(fault="medium_unknown", reason="it is no PNG, JPEG, GIF, MP3, M4A, Ogg, WAV, MP4 or WebM file")
    kind, media_type = recording
    _check_size(data, kind)
    return MediumFile(kind, media_type, data)


def _check_size(data: bytes, kind: MediaKind) -> None:
    if len(data) > MOST_BYTES[kind]:
        raise TooLarge(limit=MOST_BYTES[kind])
