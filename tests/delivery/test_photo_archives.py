"""Photos of many candidates in one ZIP, beside the workbook that they are enrolled from."""

import io
import logging
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from openpyxl import Workbook
from PIL import Image
from sqlalchemy import select
from uploads import uploads
from werkzeug.test import TestResponse
from world import World

from examsvc.core import archives
from examsvc.core.db import Database
from examsvc.core.errors import TooLarge
from examsvc.delivery import photo_archives, photos
from examsvc.delivery.errors import BadPhotoArchive
from examsvc.delivery.models import Candidate

NUMBERS = ("310101190001010011", "310101190001020025", "11010519491231002X")
ZHAO, QIAN, WANG = ((name, number) for name, number in zip(("赵一", "钱二", "王小明"), NUMBERS, strict=True))
Send = Callable[..., TestResponse]


def picture(size: tuple[int, int] = (500, 700), shade: str = "white") -> bytes:
    """A photo to nobody's objection: upright, on white, with enough bytes."""
    file = io.BytesIO()
    image = Image.effect_noise(size, 90).convert("RGB")
    ground = Image.new("RGB", size, shade)
    ground.paste(image.crop((0, 0, 300, 400)), (100, 200))
    ground.save(file, "JPEG", quality=95)
    return file.getvalue()


GOOD = picture()


def packed(files: dict[str, bytes]) -> bytes:
    return archives.pack(files.items(), compressed=False)


def sheet(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    for row in (("姓名", "证件号码"), *rows):
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _read(data: bytes, *, keep: Callable[[bytes], str] | None = None) -> photo_archives.Photos:
    return photo_archives.read(io.BytesIO(data), NUMBERS, keep=keep)


@pytest.mark.parametrize(
    "name",
    [
        "310101190001010011.jpg",
        "310101190001010011.JPEG",
        "照片/一班/310101190001010011.jpg",
        "赵一_310101190001010011.jpg",
        "310101190001010011 赵一.jpg",
        "310101190001010011-赵一（新）.jpg",
        "赵一_310101190001010011.jpg".encode("gb18030").decode("cp437"),
        "赵一丁_310101190001010011.jpg".encode().decode("cp437"),
    ],
)
def test_a_picture_is_found_by_the_number_in_its_name(name: str) -> None:
    assert _read(packed({name: GOOD})).of(NUMBERS[0]).found == "FOUND"


def test_a_number_is_compared_without_regard_to_case_and_blanks() -> None:
    assert _read(packed({"11010519491231002x.jpg": GOOD})).of(" 11010519491231002x").found == "FOUND"


def test_a_longer_number_is_not_the_number() -> None:
    seen = _read(packed({"3101011900010100111.jpg": GOOD}))
    assert seen.of(NUMBERS[0]).code == "photo_missing"


def test_pictures_of_nobody_are_told_with_their_numbers_hidden() -> None:
    names = ["孙三_310101190001010038.jpg", "合影.jpg"]
    assert _read(packed(dict.fromkeys(names, GOOD))).unmatched == ["孙三_310**************8.jpg", "合影.jpg"]


def test_what_a_system_packed_along_is_no_picture() -> None:
    files = dict.fromkeys(["__MACOSX/._1.jpg", "a/.DS_Store", "Thumbs.db"], b"x")
    assert _read(packed(files)).unmatched == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"rubbish", "bad_photo"),
        (b"", "bad_photo"),
        (GOOD[:500], "bad_photo"),
        (b"\xff" * (photos.MOST_BYTES + 1), "photo_too_large"),
    ],
)
def test_a_bad_picture_is_told_at_its_row(data: bytes, code: str) -> None:
    photo = _read(packed({f"{NUMBERS[0]}.jpg": data})).of(NUMBERS[0])
    assert (photo.found, photo.code) == ("BAD", code)


def test_two_pictures_of_one_number_are_both_refused() -> None:
    seen = _read(packed({f"{NUMBERS[0]}.jpg": GOOD, f"赵一_{NUMBERS[0]}.png": GOOD}))
    assert seen.of(NUMBERS[0]).code == "photo_repeated"


def test_a_picture_to_be_looked_at_says_why_and_is_taken() -> None:
    photo = _read(packed({f"{NUMBERS[0]}.jpg": picture(shade="navy")}), keep=lambda _: "kept").of(NUMBERS[0])
    assert (photo.found, photo.code, photo.digest) == ("FOUND", "photo_odd", "kept")
    assert "NOT_WHITE" in photo.faults


def _bomb() -> bytes:
    """Three hundred pictures of 2 MB each out of a file of half a megabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(300):
            archive.writestr(f"{number}_{NUMBERS[0]}.jpg" if number else f"{NUMBERS[1]}.jpg", b"\0" * 2_000_000)
    return file.getvalue()


def test_no_more_of_a_picture_is_unpacked_than_one_may_be_large() -> None:
    seen = photo_archives.read(io.BytesIO(_bomb()), [NUMBERS[1]])
    assert seen.of(NUMBERS[1]).code == "bad_photo"


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_archives, "LIMITS", archives.Limits(members=10, unpacked_bytes=len(GOOD)))
    data = packed({f"{number}.jpg": GOOD for number in NUMBERS})
    with pytest.raises(BadPhotoArchive) as refused:
        _read(data)
    assert refused.value.extra["fault"] == "unpacks_too_large"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"rubbish", "unreadable"),
        (b"", "unreadable"),
        (packed({"a.jpg": GOOD})[:-30], "unreadable"),
        (packed({"../a.jpg": GOOD}), "bad_path"),
        (packed({"a/../../b.jpg": GOOD}), "bad_path"),
        (packed({"/etc/a.jpg": GOOD}), "bad_path"),
        (packed({"C:\\a.jpg": GOOD}), "bad_path"),
        (packed({f"{number}.jpg": b"" for number in range(6_001)}), "too_many_files"),
    ],
    ids=["rubbish", "nothing", "cut short", "upwards", "upwards within", "absolute", "a drive", "too many"],
)
def test_an_archive_that_cannot_be_trusted_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(BadPhotoArchive) as refused:
        _read(data)
    assert refused.value.extra["fault"] == fault


def test_an_archive_larger_than_allowed_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_archives, "MOST_BYTES", 100)
    with pytest.raises(TooLarge):
        _read(packed({"a.jpg": GOOD}))


@pytest.fixture
def send(app: Flask, world: World) -> Send:
    office = Caller(app).log_in("office")

    def post(workbook: bytes, pictures: bytes | None, *, dry_run: bool = False) -> TestResponse:
        path = f"/api/exam-sessions/{world.exam_session.id}/enrolments/import?dry_run={str(dry_run).lower()}"
        return office.post(path, **uploads({"workbook": workbook} | ({"photos": pictures} if pictures else {})))

    return post


def _with_photo(database: Database) -> set[str]:
    with database.reading() as db:
        return set(db.scalars(select(Candidate.name).where(Candidate.photo_digest.is_not(None))))


def _seen(answer: TestResponse) -> list[tuple[str, str | None, str | None]]:
    return [(row["outcome"], row["code"], row["photo"]) for row in answer.json["rows"]]


def test_a_dry_run_tells_missing_bad_and_unmatched_pictures_and_keeps_nothing(
    send: Send, database: Database, app: Flask
) -> None:
    pictures = packed({f"{NUMBERS[0]}.jpg": GOOD, f"{NUMBERS[2]}.jpg": b"rubbish", "310101190001010038.jpg": GOOD})
    answer = send(sheet(ZHAO, QIAN, WANG), pictures, dry_run=True)
    assert _seen(answer) == [
        ("ok", None, "FOUND"),
        ("notice", "photo_missing", "MISSING"),
        ("error", "bad_photo", "BAD"),
    ]
    assert answer.json["unmatched"] == ["310**************8.jpg"]
    assert not any(number in answer.get_data(as_text=True) for number in NUMBERS)
    assert (_with_photo(database), list(_blobs(app))) == (set(), [])


def _blobs(app: Flask) -> list[Any]:
    folder = app.extensions["examsvc.settings"].data_dir / "blobs"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_everybody_is_enrolled_with_a_photo_at_once_and_who_was_there_gets_one_too(
    send: Send, database: Database, app: Flask
) -> None:
    answer = send(sheet(ZHAO, QIAN, WANG), packed({f"{NUMBERS[0]}.jpg": GOOD, f"王小明+{NUMBERS[2]}.jpg": GOOD}))
    assert (answer.json["enrolled"], answer.json["photos"], answer.json["errors"]) == (2, 2, 0)
    assert _seen(answer)[2] == ("warning", "already_enrolled", "FOUND")
    assert _with_photo(database) == {"赵一", "王小明"}
    assert len(_blobs(app)) == 1  # the same picture


def test_one_bad_picture_and_nobody_is_enrolled(send: Send, database: Database, app: Flask) -> None:
    answer = send(sheet(ZHAO, QIAN), packed({f"{NUMBERS[0]}.jpg": GOOD, f"{NUMBERS[1]}.jpg": b"rubbish"}))
    assert (answer.json["enrolled"], answer.json["errors"]) == (0, 1)
    assert (_with_photo(database), list(_blobs(app))) == (set(), [])


@pytest.mark.sqlite_only
def test_without_an_archive_rows_say_nothing_of_pictures(send: Send) -> None:
    assert _seen(send(sheet(ZHAO), None, dry_run=True)) == [("ok", None, None)]


@pytest.mark.sqlite_only
def test_a_refused_archive_is_answered_by_code_and_no_number_is_logged(
    send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = send(sheet(ZHAO), packed({f"../{NUMBERS[0]}.jpg": GOOD}))
    assert (answer.status_code, answer.json["code"]) == (422, "bad_photo_archive")
    send(sheet(ZHAO), packed({f"{NUMBERS[0]}.jpg": b"rubbish"}))
    assert NUMBERS[0] not in answer.get_data(as_text=True) + caplog.text
