"""How many serve in a room, and who may not serve: the rule by itself."""

from uuid import UUID

import pytest

from examsvc.core.errors import Refusal
from examsvc.delivery.staffing import rules
from examsvc.delivery.staffing.duties import Duty, Relationship
from examsvc.delivery.staffing.rules import Engagement, Post, RoomNeed, Staffing, Tie

WU, ZHENG, XU = UUID(int=1), UUID(int=2), UUID(int=3)
ROOM = RoomNeed(1, "一室", 16)
FIRST = Post(WU, "吴", Duty.PROCTOR, 1)
SECOND = Post(ZHENG, "郑", Duty.PROCTOR, 1)
SUPERVISOR = Post(XU, "许", Duty.INNER_SUPERVISOR)
LAWFUL = (FIRST, SECOND, SUPERVISOR)


def told(*refusals: Refusal) -> list[tuple[str, dict[str, object]]]:
    return [(refusal.code, refusal.extra) for refusal in refusals]


@pytest.mark.parametrize(
    ("candidates", "proctors"),
    [(0, 0), (1, 2), (15, 2), (16, 2), (29, 2), (30, 2), (31, 3), (45, 3), (46, 4), (90, 6), (91, 7)],
)
def test_a_room_needs_two_proctors_and_one_for_every_fifteen_begun(candidates: int, proctors: int) -> None:
    assert rules.needed_proctors(candidates) == proctors


def test_a_room_with_two_proctors_and_a_session_with_a_supervisor_lack_nothing() -> None:
    staffing = Staffing([ROOM, RoomNeed(2, "二室", 0)], LAWFUL)
    assert told(*rules.shortages(staffing), *rules.conflicts(staffing)) == []


@pytest.mark.parametrize(
    ("posts", "missing"),
    [
        pytest.param(
            (FIRST, SUPERVISOR), [("too_few_proctors", {"room": "一室", "needed": 2, "present": 1})], id="one proctor"
        ),
        pytest.param(
            (FIRST, Post(ZHENG, "郑", Duty.PROCTOR), SUPERVISOR),
            [("too_few_proctors", {"room": "一室", "needed": 2, "present": 1})],
            id="the other watches from afar",
        ),
        pytest.param(
            (FIRST, Post(ZHENG, "郑", Duty.PROCTOR, 2), SUPERVISOR),
            [("too_few_proctors", {"room": "一室", "needed": 2, "present": 1})],
            id="the other serves in another room",
        ),
        pytest.param(
            (FIRST, Post(ZHENG, "郑", Duty.EXAMINER, 1), SUPERVISOR),
            [("too_few_proctors", {"room": "一室", "needed": 2, "present": 1})],
            id="an examiner is no proctor",
        ),
        pytest.param((FIRST, SECOND), [("no_inner_supervisor", {})], id="nobody supervises"),
    ],
)
def test_what_is_missing_is_told_room_by_room(posts: tuple[Post, ...], missing: list[object]) -> None:
    assert told(*rules.shortages(Staffing([ROOM], posts))) == missing


@pytest.mark.parametrize("duty", [Duty.PROCTOR, Duty.EXAMINER])
def test_a08_an_inner_supervisor_neither_examines_nor_proctors_there(duty: Duty) -> None:
    staffing = Staffing([ROOM], (*LAWFUL, Post(XU, "许", duty)))
    assert told(*rules.conflicts(staffing)) == [("supervisor_not_independent", {"name": "许"})]


@pytest.mark.parametrize(
    ("duty", "kind", "code"),
    [
        (Duty.PROCTOR, Relationship.SELF, "staff_is_candidate"),
        (Duty.PROCTOR, Relationship.RELATIVE, "staff_related"),
        (Duty.PROCTOR, Relationship.TRAINER, "staff_related"),
        (Duty.PROCTOR, Relationship.COLLEAGUE, None),
        (Duty.EXAMINER, Relationship.SELF, "staff_is_candidate"),
        (Duty.EXAMINER, Relationship.RELATIVE, "staff_related"),
        (Duty.EXAMINER, Relationship.TRAINER, "staff_related"),
        (Duty.EXAMINER, Relationship.COLLEAGUE, None),
        (Duty.INNER_SUPERVISOR, Relationship.SELF, "staff_is_candidate"),
        (Duty.INNER_SUPERVISOR, Relationship.RELATIVE, "staff_related"),
        (Duty.INNER_SUPERVISOR, Relationship.TRAINER, "staff_related"),
        (Duty.INNER_SUPERVISOR, Relationship.COLLEAGUE, "staff_related"),
    ],
)
def test_who_is_tied_to_a_candidate_does_not_serve(duty: Duty, kind: Relationship, code: str | None) -> None:
    staffing = Staffing(posts=[Post(WU, "吴", duty)], ties=[Tie(WU, "王小明", kind), Tie(ZHENG, "李娜", kind)])
    assert [refusal.code for refusal in rules.conflicts(staffing)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("post", "is_refused"),
    [
        pytest.param(Post(WU, "吴", Duty.PROCTOR, 1), True, id="two rooms at once"),
        pytest.param(Post(WU, "吴", Duty.INNER_SUPERVISOR), True, id="supervises here, proctors there"),
        pytest.param(Post(WU, "吴", Duty.PROCTOR), False, id="watches here from afar"),
        pytest.param(Post(WU, "吴", Duty.EXAMINER), False, id="marks at any time"),
        pytest.param(Post(ZHENG, "郑", Duty.PROCTOR, 1), False, id="somebody else"),
    ],
)
def test_nobody_serves_in_two_rooms_at_the_same_time(post: Post, is_refused: bool) -> None:
    staffing = Staffing(posts=[post], engagements=[Engagement(WU, "S9")])
    expected = [("staff_serves_elsewhere", {"name": "吴", "exam_session": "S9"})] if is_refused else []
    assert told(*rules.conflicts(staffing)) == expected
