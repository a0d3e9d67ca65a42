"""What may be kept as a picture, a sound or a film, and what is kept of it."""

import io
from typing import Any

import pictures
import pytest
from PIL import Image

from examsvc.core.errors import TooLarge
from questionbank.content import MediaKind, check, digests, files, with_digests
from questionbank.errors import BadMedium
from questionbank.kinds import ItemType
from questionbank.media.files import MOST_BYTES, prepared

ORIENTATION, TAKEN_BY = 0x0112, 0x013B


def drawn(mode: str = "RGB", size: tuple[int, int] = (40, 30), form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, form, **options)
    return file.getvalue()


def tagged(form: str, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[TAKEN_BY] = orientation, "张三"
    return drawn(form=form, exif=exif)


def moving(form: str) -> bytes:
    file = io.BytesIO()
    frames = [Image.new("L", (9, 9), shade) for shade in (0, 99)]
    frames[0].save(file, form, save_all=True, append_images=frames[1:])
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        *((drawn(mode), "image/png") for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *((drawn(mode, form="JPEG"), "image/jpeg") for mode in ("L", "RGB", "CMYK")),
        (drawn("P", form="GIF"), "image/png"),
        (tagged("PNG"), "image/png"),
        (tagged("JPEG"), "image/jpeg"),
        (pictures.with_comment(pictures.scene(size=(40, 30)), b"x"), "image/jpeg"),
    ],
)
def test_a_picture_is_kept_as_png_or_jpeg_and_the_same_when_it_comes_again(data: bytes, media_type: str) -> None:
    kept = prepared(data)
    assert (kept.kind, kept.media_type, kept.width, kept.height) == (MediaKind.PICTURE, media_type, 40, 30)
    assert opened(kept.data).size == (40, 30)
    assert prepared(kept.data) == kept


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_nothing_but_the_picture_is_kept_and_it_stands_upright(form: str) -> None:
    kept = prepared(tagged(form, orientation=6))
    assert (kept.width, kept.height) == (30, 40)
    assert not opened(kept.data).getexif()


@pytest.mark.parametrize("behind", [b"PK\x03\x04 an archive", b"<script>"])
def test_what_stands_behind_a_picture_is_not_kept(behind: bytes) -> None:
    for data in (drawn(), drawn(form="JPEG")):
        assert behind not in prepared(data + behind).data


def test_a_transparent_picture_stays_transparent() -> None:
    palette = drawn("P", transparency=0)
    assert opened(prepared(palette).data).has_transparency_data
    assert opened(prepared(drawn("RGBA")).data).has_transparency_data


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (drawn()[:50], "medium_broken"),
        (drawn(form="JPEG")[:200], "medium_broken"),
        (b"\x89PNG\r\n\x1a\n", "medium_broken"),
        (b"\xff\xd8\xff\xe0 no picture", "medium_broken"),
        (drawn("L", (10_001, 2)), "medium_too_wide"),
        (drawn("1", (6_000, 4_001)), "medium_too_wide"),
        (pictures.claiming(60_000, 60_000), "medium_too_wide"),
        (moving("GIF"), "medium_moves"),
        (moving("PNG"), "medium_moves"),
        (b"", "medium_unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "medium_unknown"),
        (b"%PDF-1.7", "medium_unknown"),
        (b"\x00\x00\x00\x18ftypqt  ", "medium_unknown"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "medium_unknown"),
        (b"OggS\x00\x02" + b"\x00" * 22 + b"\x80theora", "medium_unknown"),
        (b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x88matroska", "medium_unknown"),
        (b"\xff\xfb", "medium_unknown"),
        (b"\xff\xff\xff\xff", "medium_unknown"),
        (b"\xff\xf1\x50\x80", "medium_unknown"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_word_for_the_fault(data: bytes, fault: str) -> None:
    with pytest.raises(BadMedium) as refused:
        prepared(data, name="bild.png")
    assert refused.value.extra["fault"] == fault


RECORDINGS = [
    (b"ID3\x04\x00", "x.mp3", MediaKind.AUDIO, "audio/mpeg"),
    (b"\xff\xfb\x90\x64", "", MediaKind.AUDIO, "audio/mpeg"),
    (b"\xff\xf3\x40\xc4", "", MediaKind.AUDIO, "audio/mpeg"),
    (b"\x00\x00\x00\x20ftypM4A \x00", "", MediaKind.AUDIO, "audio/mp4"),
    (b"\x00\x00\x00\x20ftypisom\x00", "录音.M4A", MediaKind.AUDIO, "audio/mp4"),
    (b"\x00\x00\x00\x20ftypisom\x00", "film.mp4", MediaKind.VIDEO, "video/mp4"),
    (b"\x00\x00\x00\x20ftypmp42\x00", "", MediaKind.VIDEO, "video/mp4"),
    (b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead", "", MediaKind.AUDIO, "audio/ogg"),
    (b"OggS\x00\x02" + b"\x00" * 22 + b"\x01vorbis", "", MediaKind.AUDIO, "audio/ogg"),
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", "", MediaKind.AUDIO, "audio/wav"),
    (b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x84webm", "", MediaKind.VIDEO, "video/webm"),
]


@pytest.mark.parametrize(("data", "name", "kind", "media_type"), RECORDINGS)
def test_a_recording_is_known_by_its_first_bytes_and_kept_as_it_is(
    data: bytes, name: str, kind: MediaKind, media_type: str
) -> None:
    kept = prepared(data, name=name)
    assert (kept.kind, kept.media_type, kept.width, kept.height) == (kind, media_type, None, None)
    assert kept.data == data


@pytest.mark.parametrize(
    ("head", "kind"),
    [(drawn(form="JPEG"), MediaKind.PICTURE), (RECORDINGS[0][0], MediaKind.AUDIO), (RECORDINGS[5][0], MediaKind.VIDEO)],
)
def test_each_kind_has_its_own_size_to_the_byte(head: bytes, kind: MediaKind) -> None:
    whole = head.ljust(MOST_BYTES[kind], b"\x00")
    assert prepared(whole).kind == kind
    with pytest.raises(TooLarge):
        prepared(whole + b"\x00")


OLD, NEW, OTHER = "1" * 64, "2" * 64, "3" * 64


def test_a_content_is_told_the_digests_under_which_its_files_are_kept() -> None:
    medium = {"digest": OLD, "kind": "PICTURE", "media_type": "image/png", "alt": OLD}
    picture = {"digest": OLD, "media_type": "image/png", "width": 9, "height": 9, "alt": "图"}
    options = [{"id": "a", "text": OLD, "media": OLD}, {"id": "b", "text": "乙"}]
    choice = {"stem": OLD, "media": [medium, {**medium, "digest": OTHER}], "options": options}
    parts = [
        {"id": "p1", "type": "SINGLE_CHOICE", "share": 1, "content": choice},
        {"id": "p2", "type": "HOTSPOT", "share": 1, "content": {"stem": "标", "picture": picture, "points": 1}},
    ]
    renamed = with_digests({"stem": "案例", "parts": parts}, {OLD: NEW})
    areas = [{"shape": "CIRCLE", "coords": [1, 1, 1]}]
    check(ItemType.COMPOSITE, renamed, {"parts": {"p1": {"right": ["a"]}, "p2": {"areas": areas}}})
    assert digests(renamed) == {NEW, OTHER}
    assert [field for field, _ in files(renamed)] == [
        "content.parts.p1.media", "content.parts.p1.media", "content.parts.p2.picture",
    ]  # fmt: skip
    first = renamed["parts"][0]["content"]
    assert (first["stem"], first["options"][0]["text"], first["media"][0]["alt"]) == (OLD, OLD, OLD)
