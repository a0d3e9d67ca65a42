"""Who comes when, who hands in how, and what they meet with."""

import random

import pytest

from examsvc.rehearsal import portrait
from examsvc.rehearsal.client.answering import answer_to
from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.client.weather import Fate, Weather
from examsvc.rehearsal.measuring import Measures
from examsvc.rehearsal.plans import Plan, Profile
from proctoring import imaging
from proctoring.imaging import Verdict


def test_candidates_come_evenly_over_the_ramp() -> None:
    plan = Plan(profile=Profile.STEADY, candidates=4, minutes=1, ramp=60.0)
    assert [plan.arrival(number) for number in (1, 2, 3, 4)] == [0.0, 15.0, 30.0, 45.0]


@pytest.mark.parametrize("profile", [Profile.START_STORM, Profile.EXAM_DAY])
def test_before_all_begin_everybody_has_come(profile: Profile) -> None:
    plan = Plan(profile=profile, candidates=10, minutes=1, ramp=30.0)
    assert plan.starts_after.total_seconds() > max(plan.arrival(number) for number in range(1, 11))


@pytest.mark.parametrize("profile", [Profile.HAND_IN_STORM, Profile.EXAM_DAY])
def test_where_all_end_together_just_the_share_hands_in_by_hand(profile: Profile) -> None:
    plan = Plan(profile=profile, candidates=1000, minutes=1, by_hand=0.3)
    assert sum(plan.hands_in_by_hand(number) for number in range(1, 1001)) == 300


def test_a_rehearsal_always_ends() -> None:
    for profile in Profile:
        plan = Plan(profile=profile, candidates=1, minutes=5, ramp=100.0)
        assert plan.hard_limit > plan.ramp + 5 * 60


def test_an_address_is_http() -> None:
    assert Address.of("http://127.0.0.1:8123") == Address("127.0.0.1", 8123)
    with pytest.raises(ValueError, match="is not an http"):
        Address.of("https://exam.example")


def test_the_weather_is_fair_unless_it_is_asked_for() -> None:
    fair, foul = (Weather(random.Random(1), is_stormy=is_stormy) for is_stormy in (False, True))  # noqa: S311 (weather)
    assert {fair.fate() for _ in range(500)} == {Fate.WELL}
    assert {foul.fate() for _ in range(500)} == set(Fate)


def test_answers_have_the_form_of_their_type() -> None:
    options = [{"id": letter} for letter in "abc"]
    rng = random.Random(1)  # noqa: S311 (nobody guesses)
    asked = {
        "SINGLE_CHOICE": {"options": options},
        "MULTIPLE_CHOICE": {"options": options},
        "ORDERING": {"options": options},
        "MATCHING": {"options": options, "matches": options},
        "INLINE_CHOICE": {"gaps": [options, options]},
        "FILL_IN": {"blanks": 2},
        "HOTSPOT": {"picture": {"width": 10, "height": 5}},
        "NUMERIC": {},
        "COMPOSITE": {"parts": [{"id": "1", "type": "TRUE_FALSE"}]},
    }
    found = {kind: answer_to({"type": kind, **more}, rng) for kind, more in asked.items()}
    assert {next(iter(answer)) for answer in found.values()} == {
        *("choice", "choices", "order", "pairs", "gaps", "blanks", "points", "text", "parts")
    }
    assert sorted(found["ORDERING"]["order"]) == ["a", "b", "c"]
    assert set(found["COMPOSITE"]["parts"]) == {"1"}


def test_percentiles_are_of_what_was_measured() -> None:
    measures = Measures()
    for milliseconds in range(1, 101):
        measures.record("save", milliseconds / 1000)
    figures = measures.figures("save")
    assert (figures.count, round(figures.p50), round(figures.p99), round(figures.longest)) == (100, 51, 100, 100)
    assert measures.figures("never").count == 0


def test_the_picture_of_a_synthetic_camera_is_a_good_one() -> None:
    jpeg = portrait.jpeg()
    imaging.check_header(jpeg)
    assert imaging.judge([imaging.look(jpeg)]) == Verdict.GOOD
    assert 4_000 < len(jpeg) < 20_000
