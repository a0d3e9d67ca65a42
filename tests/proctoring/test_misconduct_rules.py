"""Pure rules of misconduct: what each class permits, the life of a record, the time for a remedy."""

from datetime import date

import pytest

from examsvc.core.calendar import holidays
from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.calendar.working_days import Calendar
from examsvc.core.errors import Refusal
from examsvc.delivery.voiding import Subject
from proctoring.misconduct import classes, remedies, words
from proctoring.misconduct.classes import CLASSES, Consequence, MisconductClass
from proctoring.misconduct.states import MISCONDUCT_LIFECYCLE, MisconductState

NONE, WARNING = Consequence.NONE, Consequence.WARNING
SUBJECT, SESSION = Consequence.SUBJECT_VOID, Consequence.SESSION_VOID
OPEN, TOLD, REFUSED = MisconductState.OPEN, MisconductState.TOLD, MisconductState.REFUSED
SIGNED, RULED, REVOKED = MisconductState.SIGNED, MisconductState.RULED, MisconductState.REVOKED

PERMITTED = {
    MisconductClass.GENERAL: {NONE, WARNING, SUBJECT},
    MisconductClass.SERIOUS: {NONE, SESSION},
    MisconductClass.ESPECIALLY_SERIOUS: {NONE, SESSION},
    MisconductClass.DISORDER: {NONE, WARNING, SESSION},
    MisconductClass.FALSE_PROOF: {NONE, SESSION},
    MisconductClass.SIMILARITY: {NONE, SUBJECT, SESSION},
}
MOVES = {
    OPEN: {TOLD},
    TOLD: {SIGNED, REFUSED},
    REFUSED: {SIGNED},
    SIGNED: {RULED},
    RULED: {REVOKED},
    REVOKED: {RULED},
}


@pytest.mark.parametrize("kind", MisconductClass)
@pytest.mark.parametrize("consequence", Consequence)
def test_f08_a_class_permits_what_its_article_says_and_nothing_else(
    kind: MisconductClass, consequence: Consequence
) -> None:
    subject = Subject.THEORY if consequence == SUBJECT else None
    if consequence in PERMITTED[kind]:
        classes.check(kind, consequence, subject)
    else:
        with pytest.raises(Refusal, match="permits only") as refused:
            classes.check(kind, consequence, subject)
        assert refused.value.code == "consequence_not_permitted"
        assert set(refused.value.extra["permitted"]) == PERMITTED[kind]


@pytest.mark.parametrize(
    ("consequence", "subject", "code"),
    [
        (SUBJECT, None, "subject_missing"),
        (WARNING, Subject.THEORY, "subject_not_meant"),
        (NONE, Subject.PRACTICAL, "subject_not_meant"),
    ],
)
def test_a_subject_is_named_just_where_one_is_void(
    consequence: Consequence, subject: Subject | None, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        classes.check(MisconductClass.GENERAL, consequence, subject)
    assert refused.value.code == code


def test_every_class_names_its_article_and_may_end_without_any_consequence() -> None:
    assert [rule.article for rule in CLASSES.values()] == ["第六条", "第七条", "第八条", "第九条", "第十条", "第十一条"]
    assert all(NONE in rule.permitted for rule in CLASSES.values())
    assert {kind for kind, rule in CLASSES.items() if not rule.in_the_room} == {
        MisconductClass.FALSE_PROOF,
        MisconductClass.SIMILARITY,
    }


@pytest.mark.parametrize("current", MisconductState)
@pytest.mark.parametrize("target", MisconductState)
def test_a_record_moves_only_from_facts_over_hearing_and_signature_to_a_ruling(
    current: MisconductState, target: MisconductState
) -> None:
    assert MISCONDUCT_LIFECYCLE.allows(current, target) == (target in MOVES[current])


@pytest.mark.parametrize(
    ("served_on", "until_on"),
    [
        (date(2026, 11, 27), date(2026, 12, 18)),  # a Friday: the Monday after is the first day
        (date(2026, 11, 28), date(2026, 12, 18)),  # a Saturday
        (date(2026, 11, 30), date(2026, 12, 21)),
    ],
)
def test_a_remedy_is_open_for_fifteen_working_days_after_the_day_of_service(served_on: date, until_on: date) -> None:
    assert remedies.until(served_on, Calendar(frozenset({2026}), {})) == until_on


def test_a_holiday_does_not_count_in_the_time_for_a_remedy() -> None:
    known = holidays.published_calendar()
    assert remedies.until(date(2026, 9, 24), known) > remedies.until(date(2026, 9, 24), Calendar(known.years, {}))


def test_the_time_for_a_remedy_is_not_guessed_in_a_year_without_holidays() -> None:
    with pytest.raises(HolidaysUnknown):
        remedies.until(date(2026, 12, 20), Calendar(frozenset({2026}), {}))


@pytest.mark.parametrize(
    ("consequence", "subject", "sentence"),
    [
        (NONE, None, "违纪违规事实不能认定，不予处理。"),
        (WARNING, None, "给予警告，成绩不受影响。"),
        (SUBJECT, Subject.PRACTICAL, "给予当次操作技能科目考核成绩无效的处理，不颁发证书。"),
        (SESSION, None, "给予当次全部科目考核成绩无效的处理，不颁发证书。"),
    ],
)
def test_a_ruling_says_its_consequence_in_words(
    consequence: Consequence, subject: Subject | None, sentence: str
) -> None:
    assert words.consequence(consequence, subject) == sentence
