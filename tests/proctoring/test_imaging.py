import pictures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proctoring import imaging
from proctoring.imaging import BadFrame, Verdict


def verdict(*frames: bytes) -> Verdict:
    return imaging.judge([imaging.look(frame) for frame in frames])


def test_a_camera_frame_passes_and_tells_its_size() -> None:
    assert imaging.check_header(pictures.scene()) == (320, 240)
    assert imaging.check_header(pictures.scene(size=(1280, 960), noise=0)) == (1280, 960)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pictures.png(), "not_jpeg"),
        (b"", "not_jpeg"),
        (b"\xff\xd8\xff" + b"x" * 100, "truncated"),
        (pictures.scene()[:-200], "truncated"),
        (pictures.scene()[:20] + b"\xff\xd9", "not_jpeg"),
        (b"\xff\xd8\xff\xd9", "not_jpeg"),
        (pictures.large(imaging.MOST_BYTES + 1), "too_large"),
        (pictures.claiming(1281, 960), "too_many_pixels"),
        (pictures.claiming(1280, 961), "too_many_pixels"),
        (pictures.claiming(65_000, 65_000), "not_jpeg"),
        (pictures.claiming(63, 48), "too_few_pixels"),
    ],
)
def test_what_is_not_a_frame_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadFrame) as refused:
        imaging.check_header(data)
    assert refused.value.reason == reason


def test_exactly_64_kilobytes_are_still_a_frame() -> None:
    data = pictures.large(imaging.MOST_BYTES)
    assert len(data) == imaging.MOST_BYTES
    assert imaging.check_header(data) == (320, 240)


@given(st.integers(0, 2000), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_rubbish_behind_a_jpegs_first_bytes_is_refused_and_never_crashes(length: int, seed: int) -> None:
    data = imaging.JPEG_START + pictures.rubbish(length, seed) + imaging.JPEG_END
    try:
        imaging.check_header(data)
        imaging.look(data)
    except BadFrame:
        return


@given(st.integers(25, 3000))
@settings(max_examples=40, deadline=None)
def test_a_frame_with_a_hole_is_refused_or_looked_at_but_never_crashes(at: int) -> None:
    good = pictures.scene()
    at = min(at, len(good) - 60)
    try:
        imaging.look(good[:at] + good[at + 40 :])
    except BadFrame:
        return


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_black_needs_three_dark_frames_in_a_row(count: int) -> None:
    frames = [pictures.scene(9), *(pictures.flat(4, seed) for seed in range(count))]
    assert verdict(*frames) == (Verdict.BLACK if count >= 3 else Verdict.GOOD)


def test_a_covered_lens_is_even_and_not_black() -> None:
    assert verdict(*(pictures.flat(120, seed) for seed in range(3))) == Verdict.BLACK


def test_a_dark_room_with_something_in_it_is_not_covered() -> None:
    assert verdict(*(pictures.scene(seed, light=0.15) for seed in range(6))) == Verdict.GOOD


def test_one_bright_frame_ends_black() -> None:
    dark = [pictures.flat(4, seed) for seed in range(5)]
    assert verdict(*dark, pictures.scene()) == Verdict.GOOD


def test_the_same_bytes_twice_are_frozen() -> None:
    assert verdict(pictures.scene(1), pictures.scene(1)) == Verdict.FROZEN
    assert verdict(pictures.scene(1), pictures.scene(2), pictures.scene(1)) == Verdict.GOOD


def test_a_still_person_before_a_real_sensor_is_not_frozen() -> None:
    assert verdict(*(pictures.scene(seed) for seed in range(10))) == Verdict.GOOD


@pytest.mark.parametrize(("count", "expected"), [(5, Verdict.GOOD), (6, Verdict.FROZEN), (7, Verdict.FROZEN)])
def test_a_recoded_still_picture_is_frozen_after_six_frames(count: int, expected: Verdict) -> None:
    frames = [pictures.with_comment(pictures.scene(1), b"%d" % number) for number in range(count)]
    assert len(set(frames)) == count
    assert verdict(*frames) == expected


def test_a_change_of_the_frames_size_is_no_error() -> None:
    frames = [pictures.scene(1, noise=0, size=(320 + 8 * number, 240)) for number in range(6)]
    assert verdict(*frames) == Verdict.GOOD
