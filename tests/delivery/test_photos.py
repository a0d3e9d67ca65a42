import io
import struct
import zlib

import pytest
from callers import Caller
from flask import Flask
from PIL import Image
from sitters import Sitter
from uploads import upload
from werkzeug.test import TestResponse
from world import World

from examsvc.core.errors import TooLarge
from examsvc.delivery import photos
from examsvc.delivery.errors import BadPhoto


def picture(size: tuple[int, int] = (300, 400), kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, None if mode == "P" else "navy").save(file, kind, **options)
    return file.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its data does not have."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    whole = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + whole + picture(kind="PNG")[33:]


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        picture(kind="PNG"),
        picture(kind="PNG", mode="RGBA"),
        picture(kind="PNG", mode="LA"),
        picture(kind="PNG", mode="P"),
        picture(mode="L"),
        picture(mode="CMYK"),
        picture((3000, 4000)),
    ],
)
def test_every_photo_is_kept_as_an_rgb_jpeg_of_bounded_size(data: bytes) -> None:
    with Image.open(io.BytesIO(photos.prepared(data))) as kept:
        assert (kept.format, kept.mode) == ("JPEG", "RGB")
        assert kept.width <= 960
        assert kept.height <= 1280


def test_what_was_transparent_becomes_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(file, "PNG")
    with Image.open(io.BytesIO(photos.prepared(file.getvalue()))) as kept:
        assert kept.getpixel((100, 100)) == (255, 255, 255)


def test_a_photo_taken_sideways_is_turned_and_its_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera that tells where"
    with Image.open(io.BytesIO(photos.prepared(picture((400, 300), exif=exif)))) as kept:
        assert kept.size == (300, 400)
        assert not kept.getexif()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"rubbish",
        picture(kind="GIF"),
        picture(kind="BMP"),
        picture(kind="WEBP"),
        picture()[:400],
        picture(kind="PNG")[:60],
        picture((99, 400)),
        claiming(50_000, 50_000),
        claiming(5_000, 4_900),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_whole_jpeg_or_png_of_reasonable_size_is_refused(data: bytes) -> None:
    with pytest.raises(BadPhoto):
        photos.prepared(data)


def test_more_than_two_megabytes_are_refused_before_they_are_looked_at() -> None:
    with pytest.raises(TooLarge):
        photos.prepared(b"\xff" * (photos.MOST_BYTES + 1))


def _upload(caller: Caller, world: World, data: bytes) -> TestResponse:
    path = f"/api/exam-sessions/{world.exam_session.id}/enrolments/{world.enrolments[0].id}/photo"
    return caller.put(path, **upload("photo", data, "王小明_11010519491231002X.jpg"))


@pytest.mark.sqlite_only
def test_the_office_gives_a_photo_and_only_its_candidate_sees_it(
    app: Flask, world: World, sitter: Sitter, neighbour: Sitter
) -> None:
    office = Caller(app).log_in("office")
    assert sitter.enter().get(f"{sitter.path}/photo").status_code == 404
    assert _upload(office, world, picture()).json["enrolment"]["has_photo"] is True
    own = sitter.get(f"{sitter.path}/photo")
    assert (own.mimetype, own.data[:2]) == ("image/jpeg", b"\xff\xd8")
    assert sitter.view()["candidate"]["has_photo"] is True
    assert neighbour.enter().get(f"{sitter.path}/photo").status_code == 404
    path = f"/api/exam-sessions/{world.exam_session.id}/enrolments/{world.enrolments[0].id}/photo"
    assert office.get(path).data == own.data


@pytest.mark.sqlite_only
def test_a_photo_is_refused_by_code(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    assert _upload(office, world, b"rubbish").json["code"] == "bad_photo"
    assert _upload(office, world, b"\xff" * (photos.MOST_BYTES + 1)).json["code"] == "too_large"


def test_a_photo_of_another_session_s_enrolment_is_not_found(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    path = f"/api/exam-sessions/{world.filing.id}/enrolments/{world.enrolments[0].id}/photo"
    assert office.get(path).status_code == 404
