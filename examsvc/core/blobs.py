"""Files by their content: written once, named by their SHA-256, never changed."""

import hashlib
from pathlib import Path

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from examsvc.core.errors import NotFound

_store: ObjectStore | None = None


def use_store(url: str) -> None:
    """Keep blobs at `url`: `file:///…` (made if missing) or an S3-compatible `s3://bucket/prefix`."""
    global _store  # noqa: PLW0603 (a process has one blob store)
    if url.startswith("file://"):
        folder = Path(url.removeprefix("file://"))
        folder.mkdir(parents=True, exist_ok=True)
        _store = LocalStore(folder)
    else:
        _store = from_url(url)


def put(data: bytes) -> str:
    """Store the bytes and return their digest, by which `get` finds them again."""
    digest = hashlib.sha256(data).hexdigest()
    obstore.put(_opened(), _path(digest), data)
    return digest


def get(digest: str) -> bytes:
    """Return the bytes with this digest; raises NotFound, also when the stored bytes no longer match."""
    try:
        data = bytes(obstore.get(_opened(), _path(digest)).bytes())
    except (NotFoundError, FileNotFoundError) as error:
        raise NotFound(thing="file") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise NotFound(thing="file")
    return data


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _opened() -> ObjectStore:
    if _store is None:
        raise RuntimeError("no blob store has been set")
    return _store
