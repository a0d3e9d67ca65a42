"""One installation for all faults: it has to stand every one of them, and goes on with the next."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import standing
from standing import Standing

from examsvc.core import open_files


@pytest.fixture(scope="session")
def installation() -> Iterator[Standing]:
    open_files.allow_many()
    # Not in pytest's own folder, which root alone may enter: PostgreSQL runs as another user.
    with TemporaryDirectory(prefix="examsvc-faults-") as folder, standing.standing(Path(folder)) as made:
        yield made
