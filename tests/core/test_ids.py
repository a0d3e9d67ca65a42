import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from examsvc.core.ids import new_id


def test_identifiers_sort_in_the_order_in_which_they_were_made() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)


def test_an_identifier_is_a_uuid_of_version_7_with_the_time_in_front() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1_000


def test_no_two_threads_make_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [one for some in pool.map(lambda _: [new_id() for _ in range(500)], range(8)) for one in some]
    assert len({one.int >> 64 for one in made}) == len(made) == 4_000
