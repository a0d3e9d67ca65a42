"""The judge of a rehearsal with a fault finds what was planted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import judging
import pytest
from judging import ENDS, REOPENS, Credit, Kept

from examsvc.delivery.ledger.crediting import Span
from examsvc.rehearsal.history import Notebook, Stored

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
SITTING = uuid4()
ANSWER = {"choice": "b"}


def span(start: float, end: float) -> Span:
    """From and to in seconds after noon."""
    return Span(NOON + timedelta(seconds=start), NOON + timedelta(seconds=end))


FAULT, OUTAGE = span(0, 40), span(-2, 41)
CREDIT = Credit(SITTING, OUTAGE, 30, [span(5, 35)], is_given=True)
SOUND = Kept(
    responses={SITTING: [Stored(1, 1, "q1", ANSWER, "chain1")]},
    final={SITTING: True},
    chain_breaks=[],
    ends={SITTING: [ENDS, REOPENS, ENDS]},
    scored={SITTING},
    credits=[CREDIT],
    credited_seconds={SITTING: 30},
    outages=[OUTAGE],
)


def found(**planted: Any) -> list[str]:
    """The first word of each finding."""
    notebook = Notebook(SITTING, handed_in_at="2026-11-29T12:00:50Z")
    notebook.note_sent(1, 1, "q1", ANSWER)
    notebook.note_receipt(1, 1, "chain1")
    return [line.split()[0] for line in judging.findings([notebook], replace(SOUND, **planted), FAULT)]


def test_what_is_sound_is_left_alone() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("planted", "finding"),
    [
        ({"responses": {}}, "LOST"),
        ({"responses": {SITTING: [Stored(1, 1, "q1", {"choice": "c"}, "chain1")]}}, "ALTERED"),
        ({"responses": {SITTING: [Stored(1, 1, "q1", ANSWER, "other")]}}, "CHAIN_DIFFERS"),
        ({"chain_breaks": ["CHAIN_BROKEN here"]}, "CHAIN_BROKEN"),
        ({"ends": {SITTING: [ENDS, ENDS]}}, "HANDED_IN_TWICE"),
        ({"ends": {SITTING: [REOPENS]}}, "NEVER_HANDED_IN"),
        ({"scored": set()}, "SCORED_WRONGLY"),
        ({"credited_seconds": {SITTING: 31}}, "CLOCK_CHANGED_WITHOUT_CREDIT"),
        ({"credits": [replace(CREDIT, is_given=False)]}, "CLOCK_CHANGED_WITHOUT_CREDIT"),
        ({"credits": [replace(CREDIT, spans=[span(20, 50)])]}, "CREDIT_WITHOUT_CAUSE"),
        ({"credits": [replace(CREDIT, outage=span(0, 39))]}, "CREDIT_WITHOUT_CAUSE"),
        ({"credits": [replace(CREDIT, spans=[span(5, 34)])]}, "CREDIT_MISCOUNTED"),
    ],
)
def test_one_planted_fault_is_found(planted: dict[str, Any], finding: str) -> None:
    assert found(**planted) == [finding]


def test_a_sitting_that_is_not_over_is_found_though_its_candidate_was_told_so() -> None:
    assert found(final={SITTING: False}, scored=set()) == ["NOT_FINAL", "STILL_OPEN"]


def test_the_same_time_given_back_twice_is_found() -> None:
    other = replace(CREDIT, spans=[span(30, 40)], seconds=10)
    assert found(credits=[CREDIT, other], credited_seconds={SITTING: 40}) == ["CREDIT_WITHOUT_CAUSE"]


@pytest.mark.parametrize("outage", [span(-30, 20), span(10, 60)])
def test_an_outage_that_the_fault_does_not_explain_is_found(outage: Span) -> None:
    assert found(outages=[OUTAGE, outage]) == ["OUTAGE_WITHOUT_CAUSE"]
