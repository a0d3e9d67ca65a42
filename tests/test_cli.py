import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from commands import run

from examsvc import cli as listed
from examsvc.cli import cli

pytestmark = pytest.mark.slow

COMMANDS = [
    [],
    ["serve"],
    ["worker"],
    ["db"],
    ["db", "upgrade"],
    ["db", "check"],
    ["demo"],
    ["user"],
    ["user", "create"],
    ["verify"],
    ["openapi"],
    ["paper"],
    ["paper", "redraw"],
    ["paper", "individual"],
    ["registry"],
    ["registry", "windows"],
    ["bank", "import"],
    ["bank", "export"],
    ["bank"],
    ["bank", "register"],
    ["bank", "verify"],
    ["bank", "rotate-keys"],
]


def run_apart(data: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "examsvc.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "EXAMSVC_DATA_DIR": str(data), **environ},
    )


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    assert run(data, "db", "upgrade").returncode == 0
    return data


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: list[str]) -> None:
    told = CliRunner().invoke(cli, [*command, "--help"], prog_name="examsvc")
    assert told.exit_code == 0
    assert told.stdout.startswith("Usage: examsvc")


def test_the_list_of_commands_loads_none_and_says_what_each_says_of_itself() -> None:
    for name, (_, told) in listed.COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command
        assert (command.name, (command.help or "").startswith(told.removesuffix("."))) == (name, True)
    listing = [sys.executable, "-X", "importtime", "-m", "examsvc.cli", "--help"]
    traced = subprocess.run(listing, capture_output=True, text=True, check=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in traced.splitlines()}
    assert "examsvc.cli" in loaded
    assert {"examsvc.wiring", "flask", "sqlalchemy", "scipy"} & loaded == set()


def test_bad_settings_are_all_listed_and_the_service_does_not_start(tmp_path: Path) -> None:
    told = run_apart(tmp_path, "serve", EXAMSVC_PORT="none", EXAMSVC_PROCESSES="0")
    assert told.returncode == 2
    assert [line.split(":")[1].strip() for line in told.stderr.splitlines()] == ["EXAMSVC_PORT", "EXAMSVC_PROCESSES"]


def test_a_stale_schema_is_said_in_one_line(tmp_path: Path) -> None:
    told = run(tmp_path, "db", "check")
    assert told.returncode == 1
    assert "examsvc db upgrade" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("command", "url"),
    [
        (["user", "create", "a", "--name", "b", "--role", "OFFICE", "--password", "correct horse 7"], None),
        (["db", "check"], "postgresql://nobody@127.0.0.1:1/x"),
        (["openapi", "--output", "/nowhere/openapi.json"], None),
    ],
)
def test_a_lost_database_or_folder_is_said_in_one_line(tmp_path: Path, command: list[str], url: str | None) -> None:
    told = run(tmp_path, *command, **({"EXAMSVC_DATABASE_URL": url} if url else {}))
    assert told.returncode == 1
    assert told.stderr.startswith("examsvc: ")
    assert len(told.stderr.splitlines()) == 1


def test_a_name_that_nobody_can_type_is_refused(migrated: Path) -> None:
    told = run(migrated, "user", "create", "a\x01b", "--name", "b", "--role", "OFFICE", "--password", "correct horse 7")
    assert told.returncode == 2


def test_an_account_is_created_once(migrated: Path) -> None:
    arguments = ("user", "create", "clerk", "--name", "办事员", "--role", "OFFICE")
    first = run(migrated, *arguments, EXAMSVC_NEW_PASSWORD="long enough")
    again = run(migrated, *arguments, EXAMSVC_NEW_PASSWORD="long enough")
    assert first.returncode == 0
    assert again.returncode == 1
    assert again.stderr.strip().endswith("[username_taken]")
    assert run(migrated, "user", "disable", "clerk").stdout == "disabled clerk\n"
    assert run(migrated, "user", "enable", "clerk").stdout == "enabled clerk\n"


def test_a_weak_password_and_a_wrong_role_are_refused(migrated: Path) -> None:
    arguments = ("user", "create", "weak", "--name", "办事员", "--role")
    assert "[weak_password]" in run(migrated, *arguments, "OFFICE", EXAMSVC_NEW_PASSWORD="short").stderr
    assert run(migrated, *arguments, "KING", EXAMSVC_NEW_PASSWORD="long enough").returncode == 2


@pytest.mark.parametrize("at", ["tomorrow", "2026-12-01T09:00"])
def test_a_moment_without_an_offset_is_refused(migrated: Path, at: str) -> None:
    told = run(migrated, "demo", "--at", at)
    assert told.returncode == 2
    assert "2026-12-01T09:00+08:00" in told.stderr


def test_the_openapi_description_is_json_of_this_service(tmp_path: Path) -> None:
    described = json.loads(run(tmp_path, "openapi").stdout)
    assert described["openapi"].startswith("3.")
    assert "/api/login" in described["paths"]


def test_e01_e02_registry_windows_prints_every_window_of_a_year_with_februarys(tmp_path: Path) -> None:
    told = run(tmp_path, "registry", "windows", "2026")
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert len(lines) == 8
    assert "2026-02-20 Fri 00:00 – 02-28 Sat 24:00" in lines[0]
    assert "closes with the month" in lines[0]
    assert "make-up working day (春节)" in lines[0]
    assert "05-30 Sat 24:00" in lines[2]
    assert "last day off, received all the same" in lines[2]


def test_e06_registry_windows_says_when_the_holidays_of_the_year_are_unknown(tmp_path: Path) -> None:
    told = run(tmp_path, "registry", "windows", "2027")
    assert "holidays of 2027 are not known" in told.stdout
    assert "2027-02-20 Sat 00:00 – 02-28 Sun 24:00" in told.stdout
