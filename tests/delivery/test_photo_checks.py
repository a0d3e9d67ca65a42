"""What the office is told of a candidate's photo."""

import io

import pytest
from callers import Caller
from flask import Flask
from PIL import Image, ImageDraw
from uploads import upload
from world import World

from examsvc.delivery import photo_checks
from examsvc.delivery.photo_checks import LEAST_BYTES, MOST_BYTES, PhotoFault


def photo(
    ground: str | tuple[int, int, int] = "white",
    size: tuple[int, int] = (300, 420),
    kind: str = "JPEG",
    length: int = 60_000,
) -> bytes:
    """A head and shoulders before a ground, in a file of about so many bytes."""
    image = Image.new("RGB", size, ground)
    width, height = size
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.3, height * 0.2, width * 0.7, height * 0.65), "peru")
    draw.rectangle((width * 0.15, height * 0.7, width * 0.85, height), "navy")
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue().ljust(length, b"\0")


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (photo(), []),
        (photo(kind="PNG"), []),
        (photo(ground=(230, 232, 235)), []),
        (photo(ground="steelblue"), [PhotoFault.NOT_WHITE]),
        (photo(ground=(200, 200, 200)), [PhotoFault.NOT_WHITE]),
        (photo(size=(420, 300)), [PhotoFault.NOT_UPRIGHT]),
        (photo(size=(200, 400)), [PhotoFault.NOT_UPRIGHT]),
        (photo(length=LEAST_BYTES), []),
        (photo(length=LEAST_BYTES - 1), [PhotoFault.FEW_BYTES]),
        (photo(length=MOST_BYTES), []),
        (photo(length=MOST_BYTES + 1), [PhotoFault.MANY_BYTES]),
    ],
)
def test_a_photo_is_told_to_be_too_small_too_large_not_upright_or_not_before_white(
    data: bytes, faults: list[PhotoFault]
) -> None:
    assert photo_checks.faults(data) == faults


@pytest.mark.sqlite_only
def test_a_photo_with_faults_is_taken_and_the_office_told(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    path = f"/api/exam-sessions/{world.exam_session.id}/enrolments/{world.enrolments[0].id}/photo"
    answer = office.put(path, **upload("photo", photo(ground="steelblue"), "a.jpg"))
    assert (answer.json["enrolment"]["has_photo"], answer.json["faults"]) == (True, ["NOT_WHITE"])
    listed = office.get(f"/api/exam-sessions/{world.exam_session.id}/enrolments").json["items"]
    assert [one["has_photo"] for one in listed] == [True, False, False]
