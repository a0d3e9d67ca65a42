"""`examsvc receipt verify`: 0 when it holds, 1 when it does not, 2 when it cannot be told."""

import json
from pathlib import Path

import commands
import pytest
from callers import Caller
from servers import MASTER_KEY
from sitters import Sitter
from sqlalchemy import delete

from examsvc.core.db import Database
from examsvc.delivery.models import Response

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def file(sitter: Sitter, tmp_path: Path) -> Path:
    written = tmp_path / "receipt.txt"
    written.write_text(f"作答回执\n{sitter.begin().answer()['receipt']}\n", encoding="utf-8")
    return written


def _verify(data: Path, url: str, *arguments: str, key: str = MASTER_KEY) -> commands.Ended:
    environ = {"EXAMSVC_DATABASE_URL": url, "EXAMSVC_MASTER_KEY": key}
    return commands.run(data, "receipt", "verify", *arguments, **environ)


def test_a_receipt_that_holds(file: Path, tmp_path: Path, database_url: str) -> None:
    ended = _verify(tmp_path, database_url, str(file))
    assert (ended.returncode, "stored and unaltered" in ended.stdout) == (0, True)


def test_a_receipt_of_what_is_lost(file: Path, tmp_path: Path, database_url: str, database: Database) -> None:
    with database.transaction() as db:
        db.execute(delete(Response))
    assert _verify(tmp_path, database_url, str(file)).returncode == 1
    assert _verify(tmp_path, database_url, str(file), "--offline").returncode == 0


def test_with_the_public_keys_alone(file: Path, tmp_path: Path, database_url: str, nobody: Caller) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(nobody.get("/receipts/keys").json), encoding="utf-8")
    given = ("--offline", "--keys", str(keys))
    assert _verify(tmp_path, "", str(file), *given, key="A" * 43 + "=").returncode == 0
    keys.write_text(json.dumps({"keys": []}), encoding="utf-8")
    assert _verify(tmp_path, "", str(file), *given).returncode == 1
    keys.write_text("[]", encoding="utf-8")
    assert _verify(tmp_path, "", str(file), *given).returncode == 2


def test_what_is_no_receipt(tmp_path: Path, database_url: str) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(b"\xff\x00 hello")
    ended = _verify(tmp_path, database_url, str(file))
    assert ended.returncode == 2
    assert ended.stderr.startswith("examsvc: This is not a receipt")
