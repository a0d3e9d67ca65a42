"""A file taken over, and a bank taken out, from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from world import World

from examsvc.cli import cli
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from questionbank import exporting
from questionbank.errors import ExportNotGranted, ImportHasErrors
from questionbank.interchange import writing
from questionbank.interchange.model import Format
from questionbank.secrecy import keeping

pytestmark = pytest.mark.sqlite_only
GIFT = "::G1::提示词可以包含示例。{TRUE}\n"
PLACED = "题型,题干,选项A,选项B,答案,知识点\n单选题,选一个,甲,乙,A,1.1\n"
UNPLACED = PLACED + "单选题,再选一个,甲,乙,A,没有的知识点\n"


@pytest.fixture(autouse=True)
def _environ(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMSVC_DATABASE_URL", app_settings.database_url)
    monkeypatch.setenv("EXAMSVC_DATA_DIR", str(app_settings.data_dir))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["bank", *map(str, arguments)])


def take_over(world: World, file: Path, *more: str, username: str = "author") -> Result:
    return run("import", file, "--into", world.bank.id, "--as", username, *more)


def test_a_file_is_taken_over_and_the_counts_are_printed(world: World, tmp_path: Path) -> None:
    file = tmp_path / "题.csv"
    file.write_text(PLACED, "utf-8")
    first, again = take_over(world, file), take_over(world, file)
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "new 1  changed 0  same 0  refused 0" in first.output
    assert "new 0  changed 0  same 1  refused 0" in again.output


def test_a_fault_refuses_the_whole_file_unless_it_is_left_out(world: World, tmp_path: Path) -> None:
    file = tmp_path / "题.csv"
    file.write_text(UNPLACED, "utf-8")
    refused = take_over(world, file)
    assert (refused.exit_code, type(refused.exception)) == (1, ImportHasErrors)
    left = take_over(world, file, "--leave-errors")
    assert (left.exit_code, "new 1  changed 0  same 0  refused 1" in left.output) == (1, True)


def test_a_file_that_is_none_exits_with_two_and_says_why(world: World, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"no archive")
    refused = take_over(world, file)
    assert (refused.exit_code, "[wrong_magic]" in refused.output) == (2, True)


@pytest.mark.parametrize(
    "options", [[], ["--dry-run", "--into", "00000000-0000-0000-0000-000000000000"], ["--as", "author"]]
)
def test_a_dry_run_and_a_bank_exclude_each_other(options: list[str], tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(GIFT, "utf-8")
    assert run("import", file, *options).exit_code == 2


def test_a_person_who_is_not_there_takes_nothing_over(world: World, tmp_path: Path) -> None:
    file = tmp_path / "题.csv"
    file.write_text(PLACED, "utf-8")
    assert take_over(world, file, username="ghost").exit_code == 1


def test_an_export_comes_back_as_it_was(world: World, database: Database, tmp_path: Path) -> None:
    file = tmp_path / "out.zip"
    told = run("export", world.bank.id, "--format", "qti3", "--output", file, "--as", "author")
    assert told.exit_code == 0, told.output
    assert run("import", file, "--dry-run").exit_code == 0
    assert "same 10" in take_over(world, file).output


def test_what_a_format_does_not_carry_is_printed_and_the_exit_is_one(
    world: World, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "out.txt"
    told = run("export", world.bank.id, "--format", "aiken", "--output", file, "--as", "author")
    assert told.exit_code == 1
    assert "error  T1-3" in told.output
    with database.reading() as db:
        assert writing.write(exporting.items(db, world.bank.id), Format.AIKEN, tmp_path / "again.txt")
    assert file.read_bytes() == (tmp_path / "again.txt").read_bytes()


def test_a_format_that_is_only_read_exits_with_two(world: World, tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    told = run("export", world.bank.id, "--format", "text", "--output", file, "--as", "author")
    assert (told.exit_code, file.exists()) == (2, False)


def test_a_secret_bank_is_not_taken_out_without_leave(
    world: World, database: Database, moving_clock: MovableClock, tmp_path: Path
) -> None:
    with database.transaction() as db:
        keeping.make_secret(db, world.bank.id, by=world.by("office"), now=moving_clock())
    file = tmp_path / "out.zip"
    told = run("export", world.bank.id, "--format", "qti3", "--output", file, "--as", "author")
    assert (told.exit_code, type(told.exception), file.exists()) == (1, ExportNotGranted, False)
