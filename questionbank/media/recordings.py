"""Sounds and films, told by their first bytes. Pure."""

from questionbank.content.media import MediaKind

Recording = tuple[MediaKind, str]

MP3, M4A = (MediaKind.AUDIO, "audio/mpeg"), (MediaKind.AUDIO, "audio/mp4")
OGG, WAV = (MediaKind.AUDIO, "audio/ogg"), (MediaKind.AUDIO, "audio/wav")
MP4, WEBM = (MediaKind.VIDEO, "video/mp4"), (MediaKind.VIDEO, "video/webm")
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_FILM_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash")
_OGG_SOUNDS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")
_HEAD = 96


def sniffed(data: bytes, *, name: str = "") -> Recording | None:
    """Return kind and media type, or None for whatever is no recording that browsers play.

    Many sounds in an MP4 container call themselves films there; their `name` ends with .m4a.
    """
    head = data[:_HEAD]
    if head[4:8] == b"ftyp":
        return _in_mp4(head[8:12], is_named_sound=name.lower().endswith(".m4a"))
    if head.startswith(b"OggS"):
        return OGG if any(sound in head for sound in _OGG_SOUNDS) else None
    if head.startswith(b"RIFF"):
        return WAV if head[8:12] == b"WAVE" else None
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM if b"webm" in head else None
    return MP3 if _is_mp3(head) else None


def _in_mp4(brand: bytes, *, is_named_sound: bool) -> Recording | None:
    if brand in _SOUND_BRANDS:
        return M4A
    if brand not in _FILM_BRANDS:
        return None
    return M4A if is_named_sound else MP4


def _is_mp3(head: bytes) -> bool:
    """A tag, or a frame: eleven set bits, a version, layer III, a bit rate and a sample rate that exist."""
    if head.startswith(b"ID3"):
        return True
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 (a frame's header)
        return False
    version, layer, rate, sampling = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and 0 < rate < 15 and sampling != 3  # noqa: PLR2004 (the reserved values)
