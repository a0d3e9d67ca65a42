"""The command over a service that is really served: five candidates, the whole protocol, the judgement."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import commands
import pytest
from running import Service
from sqlalchemy import make_url, select

from examsvc.delivery.models import ExamSession, Response, Sitting
from examsvc.rehearsal.page import IN_CHINESE

BESIDE = ("--yes-beside", "S1") * 2  # the world's exam session is on
FIVE = (*BESIDE, "--candidates", "5", "--minutes", "1", "--ramp", "1", "--think", "4-8")
FEW = (*BESIDE, "--candidates", "3", "--ramp", "1")
MOST_BETWEEN_SAMPLES = 10.0
"""Seconds; two, and what looking takes on a machine with other work."""


def rehearse(service: Service, *arguments: str) -> commands.Ended:
    return commands.run(service.folder / "data", "rehearse", *arguments, **service.environ)


def twin(service: Service, folder: Path) -> Service:
    """Another installation with a copy of the service's data."""
    other = Service(folder)
    (folder / "data").mkdir()
    for file in (service.folder / "data").iterdir():
        if file.is_file() and ".sqlite" not in file.name:
            shutil.copy(file, folder / "data")
    source, target = (make_url(each.settings.database_url).database for each in (service, other))
    assert source
    assert target
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)
    return other


def charts(page: str) -> list[list[int]]:
    """How many points each line of each chart has."""
    figures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    lines = [re.findall(r'<polyline class="l\d" points="([^"]*)"', figure) for figure in figures]
    return [[len(re.findall(r"[\d.]+,[\d.]+", line)) for line in chart] for chart in lines]


def rehearsals(service: Service) -> list[str]:
    with closing(service.open_database()) as database, database.reading() as db:
        return list(db.scalars(select(ExamSession.code).where(ExamSession.is_rehearsal)))


@pytest.mark.slow
def test_five_candidates_sit_over_the_real_protocol_and_nothing_is_lost(service: Service, tmp_path: Path) -> None:
    page = tmp_path / "certificate.html"
    ended = rehearse(service, *FIVE, "--snapshots", "every=10s", "--json", "--html", str(page))
    certificate: dict[str, Any] = json.loads(ended.stdout)
    assert (ended.returncode, certificate["failures"], certificate["faults"]) == (0, [], {})
    assert certificate["holds"] is True
    assert certificate["written"] == certificate["acknowledged"] == certificate["stored"] > 5
    assert certificate["lost"] == 0
    assert certificate["operations"]["hand in"]["count"] == certificate["operations"]["paper"]["count"] == 5
    assert certificate["operations"]["frame"]["count"] >= 5
    assert certificate["costs"]["service"]["processes"] > 0
    shown = page.read_text(encoding="utf-8")
    assert all(f"<td>{IN_CHINESE[operation]} {operation}</td>" in shown for operation in certificate["operations"])
    drawn = charts(shown)
    assert [len(lines) for lines in drawn] == [1, 1, 3, 3]
    (saves,), (slowest,), cores, memory = drawn
    assert saves == slowest > 20  # a point for each second from the first answer to the last
    assert min(memory) == max(memory) > certificate["seconds"] / MOST_BETWEEN_SAMPLES
    assert cores == [points - 1 for points in memory]


@pytest.mark.slow
def test_over_a_bad_network_nothing_is_lost_either(service: Service) -> None:
    ended = rehearse(service, *FIVE, "--profile", "bad-network", "--json")
    certificate = json.loads(ended.stdout)
    assert certificate["hindrances"]  # the network's, each of them made up for
    assert (ended.returncode, certificate["failures"], certificate["holds"]) == (0, [], True)
    assert (certificate["lost"], certificate["findings"], certificate["faults"]) == (0, [], {})
    assert certificate["steps"]["handed in"] == 5


@pytest.mark.slow
def test_on_an_exam_day_all_begin_by_the_key_of_a_sealed_paper_and_are_scored_and_cleared_away(
    service: Service,
) -> None:
    ended = rehearse(service, *FIVE, "--profile", "exam-day", "--by-hand", "0.4", "--json", "--clear")
    certificate = json.loads(ended.stdout)
    operations = certificate["operations"]
    assert (certificate["lost"], certificate["faults"], certificate["broken_off"]) == (0, {}, None)
    assert operations["first question"]["count"] == operations["sealed paper"]["count"] == 5
    assert operations["write to receipt"]["count"] == certificate["written"] == certificate["acknowledged"]
    assert certificate["scored_within"] is not None
    assert certificate["per_candidate"]["cpu_seconds"] > 0
    each = certificate["per_candidate"]
    assert each["cpu_seconds_per_hour"] == pytest.approx(each["cpu_seconds"] * 60 / certificate["plan"]["minutes"])
    assert each["cpu_seconds_per_hour_seated"] > 0
    database = service.open_database()
    with database.reading() as db:
        codes = db.scalars(select(ExamSession.code).where(ExamSession.is_rehearsal)).all()
        assert certificate["exam_session"] not in codes
        assert not db.scalars(select(Response).where(Response.sitting_id.not_in(select(Sitting.id)))).all()
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("profile", "seen_together"),
    [
        (("start-storm", "--minutes", "1", "--think", "4-8"), 3),
        (("zero-think", "--minutes", "0.1"), 0),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_all_who_begin_together_and_all_who_never_think_hand_in_too(
    service: Service, profile: tuple[str, ...], seen_together: int
) -> None:
    ended = rehearse(service, *FEW, "--profile", *profile, "--json")
    certificate = json.loads(ended.stdout)
    assert (ended.returncode, certificate["failures"], certificate["faults"]) == (0, [], {})
    assert certificate["written"] == certificate["stored"] > 3
    assert certificate["operations"].get("first question", {"count": 0})["count"] == seen_together
    assert certificate["steps"]["handed in"] == certificate["operations"]["claim"]["count"] == 3


def test_without_a_paper_there_is_nothing_to_rehearse(service: Service, tmp_path: Path) -> None:
    other = Service(tmp_path)
    other.make_schema()
    ended = commands.run(tmp_path / "data", "rehearse", "--url", service.url, **other.environ)
    assert (ended.returncode, "no filing with a paper" in ended.stderr) == (1, True)


def test_a_service_over_another_database_is_found_out_and_nothing_is_left_behind(
    service: Service, tmp_path: Path
) -> None:
    other = twin(service, tmp_path)
    before = rehearsals(other)
    ended = commands.run(tmp_path / "data", "rehearse", *FIVE, "--url", service.url, **other.environ)
    assert (ended.returncode, "another database" in ended.stderr) == (1, True)
    assert rehearsals(other) == before


def test_a_foreign_address_is_refused_before_anything_is_seeded(service: Service) -> None:
    ended = rehearse(service, "--url", "http://192.0.2.1:80", "--yes-this-is-mine", "http://192.0.2.1:80")
    assert ended.returncode == 1
    assert "--yes-this-is-mine" in ended.stderr


def test_while_real_candidates_sit_nobody_rehearses_unless_told_twice(service: Service) -> None:
    before = rehearsals(service)
    ended = rehearse(service, "--candidates", "1", "--yes-beside", "S1")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "in S1; hold it at another time" in ended.stderr
    assert "[real_candidates_sit]" in ended.stderr
    assert rehearsals(service) == before


def test_a_real_exam_session_is_not_cleared_by_the_command(service: Service) -> None:
    ended = rehearse(service, "clear", "S1")
    assert ended.returncode == 1
    assert "real candidates" in ended.stderr


@pytest.mark.parametrize(
    "option",
    [
        ("--think", "9-3"),
        ("--snapshots", "10"),
        ("--candidates", "0"),
        ("--minutes", "0"),
        ("--minutes", "0.5", "--profile", "exam-day"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_refused(service: Service, option: tuple[str, ...]) -> None:
    assert rehearse(service, *option).returncode == 2
