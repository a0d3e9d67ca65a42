"""One installation for all faults: it has to stand every one of them, and goes on with the next."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import standing
import volumes
from standing import Standing

from examsvc.core import open_files


@pytest.fixture(scope="session")
def installation() -> Iterator[Standing]:
    open_files.allow_many()
    with volumes.volume() as volume, standing.standing(volume) as made:
        yield made
