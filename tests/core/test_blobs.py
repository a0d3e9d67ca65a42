from pathlib import Path

import pytest

from examsvc.core import blobs
from examsvc.core.errors import NotFound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    blobs.use_store(f"file://{tmp_path}/blobs")
    return tmp_path / "blobs"


def test_bytes_come_back_by_their_digest(folder: Path) -> None:
    digest = blobs.put(b"a photo")
    assert blobs.get(digest) == b"a photo"
    assert blobs.put(b"a photo") == digest


def test_unknown_and_altered_files_are_not_given_out(folder: Path) -> None:
    digest = blobs.put(b"a photo")
    with pytest.raises(NotFound):
        blobs.get("0" * 64)
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    path.write_bytes(b"another photo")
    with pytest.raises(NotFound):
        blobs.get(digest)
