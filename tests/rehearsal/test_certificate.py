"""What a certificate says of a run, when it holds, and what of it is printed."""

from dataclasses import replace

import pytest

from examsvc.core import clock
from examsvc.rehearsal import progress
from examsvc.rehearsal.certificate import certificate, service_bytes
from examsvc.rehearsal.history import Judgement
from examsvc.rehearsal.machine import Cost
from examsvc.rehearsal.measuring import Measures
from examsvc.rehearsal.plans import Plan, Profile
from examsvc.rehearsal.running import Ran, Sample

ALL_KEPT = Judgement(written=3, acknowledged=3, stored=3, lost=0, findings=[])


def sampled(*lines: tuple[int, int]) -> list[Sample]:
    """Samples by how many have come and how many bytes the service holds."""
    nothing = Cost()
    return [
        Sample(at, Cost(1, 0.0, held), nothing, nothing, {"arrived": came}) for at, (came, held) in enumerate(lines)
    ]


def test_what_a_process_needs_once_is_not_counted_for_each_candidate() -> None:
    assert service_bytes(sampled((0, 1_000), (10, 9_000), (50, 13_000), (100, 18_000), (100, 17_000))) == 100


def test_what_grows_once_they_have_gone_is_not_theirs() -> None:
    ended = replace(sampled((100, 90_000))[0], second=5.0, steps={"arrived": 100, "left to time": 100})
    assert service_bytes([*sampled((0, 1_000), (10, 9_000), (100, 18_000)), ended]) == 100


def test_of_a_run_in_which_all_come_at_once_all_that_the_service_grew_is_counted() -> None:
    assert service_bytes(sampled((0, 1_000), (100, 21_000))) == 200
    assert service_bytes(sampled((0, 1_000), (0, 2_000))) == 0


@pytest.mark.parametrize(
    ("profile", "scored", "holds"),
    [(Profile.EXAM_DAY, None, False), (Profile.EXAM_DAY, 9.0, True), (Profile.STEADY, None, True)],
)
def test_where_time_ends_all_it_must_also_have_scored_them(profile: Profile, scored: float | None, holds: bool) -> None:
    plan = Plan(profile=profile, candidates=1, minutes=1)
    ran = Ran(Measures(), [], clock.now(), scored_within=scored)
    assert certificate(plan, ran, ALL_KEPT, "RH-1")["holds"] is holds


@pytest.mark.parametrize(
    ("judged", "holds"),
    [
        (ALL_KEPT, True),
        (replace(ALL_KEPT, acknowledged=2, stored=2), False),  # a service that closed sittings early
        (replace(ALL_KEPT, acknowledged=2), False),  # stored, and never said to be
        (replace(ALL_KEPT, acknowledged=0, stored=0), False),
        (Judgement(written=0, acknowledged=0, stored=0, lost=0, findings=[]), False),
    ],
)
def test_a_rehearsal_holds_only_when_all_that_was_written_was_acknowledged(judged: Judgement, holds: bool) -> None:
    plan, ran = Plan(profile=Profile.STEADY, candidates=1, minutes=1), Ran(Measures(), [], clock.now())
    made = certificate(plan, ran, judged, "RH-1")
    assert (made["holds"], made["written"]) == (holds, judged.written)
    assert made["unacknowledged"] == judged.written - judged.acknowledged


def test_the_terminal_is_told_the_machine_its_speed_and_what_became_of_the_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = Ran(Measures(), [], clock.now(), seconds=4.0)
    for _ in range(10):
        ran.measures.record("save", 0.1)
    ran.faults["Refused 409 seq_gap"] = 2
    plan = Plan(profile=Profile.STEADY, candidates=1, minutes=1)
    made = certificate(plan, ran, replace(ALL_KEPT, acknowledged=1), "RH-1")
    progress.summary(made)
    lines = capsys.readouterr().out.splitlines()
    assert "2.5 requests/s, 10 in the busiest second" in lines
    assert [line for line in lines if line.startswith(f"machine: {made['machine']['cores']} cores · ")]
    assert "written 3 · acknowledged 1 · unacknowledged 2 · stored 3 · lost 0" in lines
    assert "gave up: Refused 409 seq_gap × 2" in lines
    assert "does not hold" in lines[-1]
