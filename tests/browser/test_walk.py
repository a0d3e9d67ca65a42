"""The scripted walk through all roles ends with a valid certificate, on pages anybody can use."""

import subprocess
import sys
from pathlib import Path

import pytest
from running import Service

from examsvc.app import open_parts
from examsvc.core import clock
from examsvc.core.identity import system
from examsvc.demo import seeding

WALK = Path(__file__).parents[1] / "walk" / "walk.py"
LIMIT_SECONDS = 600


@pytest.mark.slow
def test_the_walk_through_all_roles_ends_with_a_valid_certificate(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.make_schema()
    database = open_parts(service.settings)
    with database.transaction() as db:
        seeding.place(db, by=system("tests"), at=clock.now())
    database.close()
    service.start()
    try:
        walked = subprocess.run(
            [sys.executable, WALK, "--url", service.url, "--pictures", tmp_path / "walk"],
            env=service.whole_environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS,
        )
    finally:
        service.kill()
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "有效" in walked.stdout
    assert "hold" in walked.stdout
