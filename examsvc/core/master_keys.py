"""The master key: given, or made once and kept in the data directory, readable by its owner only."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from examsvc.core.sealing import MASTER_KEY_BYTES


def read(raw: str, data_dir: Path) -> bytes:
    """Return the key that `raw` holds in base64, or else the one that is kept in the data directory."""
    encoded = raw or _kept_master_key(data_dir / "master.key")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise ValueError(f"is not {MASTER_KEY_BYTES} bytes in base64")
    return key


def _kept_master_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_once(path, base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode())
    return path.read_text().strip()


def _keep_once(path: Path, text: str) -> None:
    """Write the file whole or not at all; of processes that start at once the first one's stays."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
