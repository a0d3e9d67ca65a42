"""What can be told of a camera frame cheaply: its header, a look at an eighth of its size, a verdict over a few looks.

A verdict is a hint to a person, never a finding against a candidate. No face is looked for.
"""

import hashlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 64 * 1024
MOST_WIDTH, MOST_HEIGHT = 1280, 960
LEAST_WIDTH, LEAST_HEIGHT = 64, 48
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"

BLACK_MEAN = 12.0
COVERED_DEVIATION = 6.0
BLACK_LOOKS = 3
FROZEN_DIFFERENCE = 0.5
FROZEN_LOOKS = 6
SAME_DIGEST_LOOKS = 2
_SCALE = 8
_HASH_SIDE = 8


class BadFrame(Exception):
    """The bytes are not a frame; `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Verdict(StrEnum):
    """GOOD unless the last looks say otherwise."""

    GOOD = "GOOD"
    BLACK = "BLACK"
    FROZEN = "FROZEN"


@dataclass(frozen=True)
class Look:
    """What one frame looks like. `mean` and `deviation` of grey 0..255; `outline` is a 64-bit difference hash."""

    digest: str
    mean: float
    deviation: float
    outline: int
    grey: npt.NDArray[np.int16]

    @property
    def is_dark(self) -> bool:
        """Whether the camera shows nothing: black, or evenly covered."""
        return self.mean < BLACK_MEAN or self.deviation < COVERED_DEVIATION


def check_header(data: bytes) -> tuple[int, int]:
    """Return width and height; raises BadFrame. Nothing is decoded: the header alone decides."""
    if len(data) > MOST_BYTES:
        raise BadFrame("too_large")
    if not data.startswith(JPEG_START):
        raise BadFrame("not_jpeg")
    if not data.endswith(JPEG_END):
        raise BadFrame("truncated")
    with _opened(data) as image:
        width, height = image.size
    if width > MOST_WIDTH or height > MOST_HEIGHT:
        raise BadFrame("too_many_pixels")
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise BadFrame("too_few_pixels")
    return width, height


def look(data: bytes) -> Look:
    """Return the look of a frame whose header is good; raises BadFrame when the picture cannot be decoded."""
    try:
        with _opened(data) as image:
            image.draft("L", (image.width // _SCALE, image.height // _SCALE))
            grey_image = image.convert("L")
    except (OSError, ValueError, SyntaxError) as error:
        raise BadFrame("broken") from error
    grey = np.asarray(grey_image, dtype=np.int16)
    return Look(
        digest=hashlib.sha256(data).hexdigest(),
        mean=float(grey.mean()),
        deviation=float(grey.std()),
        outline=_outline(grey_image),
        grey=grey,
    )


def judge(looks: Sequence[Look]) -> Verdict:
    """Return the verdict over the last looks, oldest first."""
    if len(looks) >= BLACK_LOOKS and all(each.is_dark for each in looks[-BLACK_LOOKS:]):
        return Verdict.BLACK
    if _is_repeated(looks) or _is_still(looks):
        return Verdict.FROZEN
    return Verdict.GOOD


def _is_repeated(looks: Sequence[Look]) -> bool:
    """The noise of a real sensor changes every frame: the same bytes twice come from a stopped picture."""
    last = looks[-SAME_DIGEST_LOOKS:]
    return len(last) == SAME_DIGEST_LOOKS and len({each.digest for each in last}) == 1


def _is_still(looks: Sequence[Look]) -> bool:
    last = looks[-FROZEN_LOOKS:]
    if len(last) < FROZEN_LOOKS or len({(each.outline, each.grey.shape) for each in last}) > 1:
        return False
    return all(_difference(one, next_one) < FROZEN_DIFFERENCE for one, next_one in pairwise(last))


def _difference(one: Look, other: Look) -> float:
    return float(np.abs(one.grey - other.grey).mean())


def _outline(grey: Image.Image) -> int:
    """Return the difference hash: for each of 8 x 8 places, whether it is brighter than its right neighbour."""
    small = np.asarray(grey.resize((_HASH_SIDE + 1, _HASH_SIDE), Image.Resampling.BOX), dtype=np.int16)
    bits = (small[:, :-1] > small[:, 1:]).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=["JPEG"])
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadFrame("not_jpeg") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise BadFrame("broken") from error
