"""Nothing that a candidate is sent tells a key, an explanation, or anything of another person."""

from collections.abc import Iterator
from typing import Any

import pytest
from sitters import ANSWERS, CHECK, Sitter
from sqlalchemy import select
from werkzeug.test import TestResponse
from world import World

from examsvc.core.db import Database
from examsvc.delivery import identity_numbers
from questionbank.models import ItemVersion

FORBIDDEN = {
    "key", "keys", "right", "explanation", "tolerance", "reference", "accepted", "correct", "fixed",
    "identity_number", "identity_sealed", "identity_index", "password_hash", "account_id",
    "item_code", "item_version_id", "version_id", "seed", "pool_digest", "difficulty", "knowledge_point",
    "author", "reviewer", "arrangement", "undertaking_name",
}  # fmt: skip


def _walk(value: Any, path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield (path, name, value) of everything inside."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield path, name, inner
            yield from _walk(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, path)


def _every_answer(sitter: Sitter) -> Iterator[tuple[str, TestResponse]]:
    """Go through a whole sitting and yield every answer on the way, refusals too."""
    base = sitter.path
    login = {"ticket_number": sitter.enrolment.ticket_number, "proof": sitter.digits}
    yield "login", sitter.post("/api/candidate/login", login)
    sitter.enter()
    yield "me", sitter.get("/api/me")
    yield "sittings", sitter.get("/api/candidate/sittings")
    yield "view", sitter.get(base)
    yield "too soon", sitter.post(f"{base}/claim", {})
    yield "identity", sitter.post(f"{base}/identity-confirmation", {})
    yield "wrong name", sitter.post(f"{base}/undertaking", {"name": "李娜"})
    yield "undertaking", sitter.post(f"{base}/undertaking", {"name": "王小明"})
    yield "check", sitter.put(f"{base}/system-check", CHECK)
    yield "claim", sitter.post(f"{base}/claim", {})
    sitter.epoch = 1
    yield "paper", sitter.get(f"{base}/paper")
    refs = sitter.refs()
    for kind in ANSWERS:
        yield kind, sitter.send(sitter.entry(refs[kind], {"blanks": ["wrong", "form"]}, seq=1))
        yield kind, sitter.send({**sitter.entry(refs[kind], None), "seq": 10_000})
    sitter.seq = 0
    yield "unknown", sitter.send(sitter.entry("q77", None))
    sitter.seq = 0
    yield "responses", sitter.send(*(sitter.entry(refs[kind], None) for kind in ANSWERS))
    yield "claim", sitter.post(f"{base}/claim", {})
    yield "missing", sitter.hand_in(epoch=2, last_seq=99)
    yield "hand-in", sitter.hand_in(epoch=2, last_seq=0)
    yield "over", sitter.get(f"{base}/paper")
    yield "after", sitter.get("/api/candidate/sittings")


@pytest.fixture
def everything(sitter: Sitter) -> list[tuple[str, TestResponse]]:
    return list(_every_answer(sitter))


def test_no_answer_names_what_is_secret(everything: list[tuple[str, TestResponse]]) -> None:
    for step, answer in everything:
        names = {name for _, name, _ in _walk(answer.json)}
        secret = (names & FORBIDDEN) - ({"account_id"} if step in ("login", "me") else set())
        assert not secret, (step, secret)


def test_no_answer_holds_the_value_of_a_key_or_an_explanation(
    everything: list[tuple[str, TestResponse]], database: Database
) -> None:
    secrets = _secret_texts(database)
    for step, answer in everything:
        for path, name, value in _walk(answer.json):
            assert str(value) not in secrets, (step, path, name)


def _secret_texts(database: Database) -> set[str]:
    """The texts that stand in keys alone; an option's letter or a truth value says nothing by itself."""
    with database.reading() as db:
        versions = db.scalars(select(ItemVersion)).all()
    texts = {version.explanation for version in versions}
    for version in versions:
        texts |= {text for blank in version.key.get("blanks", []) for text in blank}
        texts |= {str(version.key[name]) for name in ("value", "tolerance") if name in version.key} - {"True", "False"}
        texts.add(str(version.key))
    return texts - {""}


def test_a_question_shows_exactly_what_a_question_shows(sitter: Sitter) -> None:
    for section in sitter.begin().paper()["sections"]:
        for question in section["questions"]:
            assert set(question) == {"ref", "number", "stem", "points", "options", "blanks", "unit"}
            assert all(set(option) == {"id", "text"} for option in question["options"] or [])


def test_the_order_of_a_paper_does_not_tell_the_order_of_its_keys(sitter: Sitter, neighbour: Sitter) -> None:
    first, second = sitter.begin().paper(), neighbour.begin().paper()
    orders = [
        [[option["id"] for option in question["options"] or []] for question in paper["sections"][0]["questions"]]
        for paper in (first, second)
    ]
    assert all(sorted(order) == ["a", "b", "c", "d"] for paper in orders for order in paper)


def test_no_answer_tells_anything_of_other_people(everything: list[tuple[str, TestResponse]], world: World) -> None:
    others = world.enrolments[1:]
    for enrolment in others:
        number = identity_numbers.unseal(enrolment.candidate.identity_sealed)
        private = [enrolment.candidate.name, number, enrolment.ticket_number, str(enrolment.sitting.id)]
        for step, answer in everything:
            text = answer.get_data(as_text=True)
            assert not [word for word in private if word in text], step


def test_no_answer_shows_the_own_identity_number_in_clear(
    everything: list[tuple[str, TestResponse]], sitter: Sitter
) -> None:
    number = identity_numbers.unseal(sitter.enrolment.candidate.identity_sealed)
    for step, answer in everything:
        text = answer.get_data(as_text=True)
        assert number not in text, step
        assert number[-6:] not in text, step
