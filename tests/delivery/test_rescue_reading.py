"""A large rescue file is read where it holds up nobody: in a thread of its own, before anything is locked."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from callers import Caller
from rescues import Desk, line, rescue_file
from servers import MASTER_KEY
from sitters import Sitter

from examsvc.core.db import Database

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import gevent, sys
from base64 import b64decode
from pathlib import Path
from uuid import UUID
from examsvc.core import sealing, sockets
from examsvc.delivery.rescue import files
master_key, file, exam_session_id, sitting_id = sys.argv[1:]
sealing.use_master_key(b64decode(master_key))
files.read_by(sockets._in_a_thread)
reading = gevent.spawn(files.read, Path(file).read_bytes(), UUID(exam_session_id), UUID(sitting_id))
turns = 0
while not reading.dead:
    gevent.sleep(0.001)
    turns += 1
print(len(reading.get().lines), turns)
"""


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_under_gevent_a_file_of_two_hours_holds_up_nobody_else(sitter: Sitter, tmp_path: Path) -> None:
    refs = sitter.begin().refs()
    written = [line(sitter, refs["NUMERIC"], {"text": str(number)}) for number in range(10_000)]
    file = tmp_path / "rescue.json"
    file.write_bytes(rescue_file(sitter, *written))
    ids = [str(sitter.enrolment.exam_session_id), str(sitter.enrolment.sitting.id)]
    told = [sys.executable, "-c", PROGRAM, MASTER_KEY, str(file), *ids]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    lines, turns = map(int, done.stdout.split())
    assert lines == len(written)
    assert turns > 10


@pytest.mark.sqlite_only
def test_a_file_is_read_before_the_database_is_asked_to_write(
    sitter: Sitter, nobody: Caller, database: Database
) -> None:
    refs, desk = sitter.begin().refs(), Desk(nobody, sitter)
    whole = json.loads(rescue_file(sitter, line(sitter, refs["TRUE_FALSE"], {"value": True})))
    altered = json.dumps({**whole, "ciphertext": "AAAA"}).encode()
    with ThreadPoolExecutor(1) as pool, database.transaction():  # SQLite has one writer
        assert pool.submit(desk.take, altered).result(30).json["code"] == "rescue_broken"
