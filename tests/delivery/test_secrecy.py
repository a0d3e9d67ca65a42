"""Nothing that a candidate is sent tells a key, an explanation, or anything of another person."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from items import WORDINGS
from sitters import ANSWERS, CHECK, Sitter
from sqlalchemy import select
from werkzeug.test import TestResponse
from world import World

from examsvc.core.db import Database
from examsvc.delivery import identity_numbers
from examsvc.delivery.arranging import arrange
from examsvc.delivery.laying_out import laid_out
from examsvc.delivery.questions import question
from examsvc.delivery.schemas.paper import CandidatePaper
from questionbank.content import lettered
from questionbank.kinds import ItemType
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
    yield "too soon", sitter.ask_claim()
    yield "identity", sitter.post(f"{base}/identity-confirmation", {})
    yield "wrong name", sitter.post(f"{base}/undertaking", {"name": "李娜"})
    yield "undertaking", sitter.post(f"{base}/undertaking", {"name": "王小明"})
    yield "check", sitter.put(f"{base}/system-check", CHECK)
    yield "claim", sitter.ask_claim()
    yield "outdated", sitter.ask_claim()
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
    yield "claim", sitter.ask_claim()
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


SHOWN = {
    "type", "stem", "points", "options", "blanks", "unit", "matches", "gaps", "picture", "marks", "length", "media",
}  # fmt: skip
PARTS_OF_SHOWN = {
    "options": {"id", "text", "media"},
    "matches": {"id", "text", "media"},
    "picture": {"digest", "media_type", "width", "height", "alt"},
    "media": {"digest", "kind", "media_type", "alt", "plays"},
}


def test_a_question_shows_exactly_what_a_question_shows(sitter: Sitter) -> None:
    for section in sitter.begin().paper()["sections"]:
        for one in section["questions"]:
            assert set(one) == SHOWN | {"ref", "number", "parts"}
            assert all(set(option) == {"id", "text"} for option in one["options"] or [])


def _as_sent(kind: ItemType) -> dict[str, Any]:
    """A question of the type as its candidate is sent it; its content holds more than may be shown."""
    content, key = WORDINGS[kind]
    careless = {**content, "key": key, "explanation": "因为", "right": ["b"]}
    form = {"q1": question("q1", kind, 500, careless)}
    sections = laid_out(form, arrange(form.values(), "seed"))
    paper: Any = json.loads(json.dumps({"title": "", "total_points": 500, "sections": sections}))
    described = CandidatePaper().dump({"title": "", "total_points": 500, "sections": sections})
    assert paper == described  # it is sent without going through the schema
    sent: dict[str, Any] = paper["sections"][0]["questions"][0]
    return sent


@pytest.mark.parametrize("kind", list(ItemType))
def test_a_question_of_every_type_shows_nothing_but_what_it_shows(kind: ItemType) -> None:
    sent = _as_sent(kind)
    assert set(sent) == SHOWN | {"ref", "number", "parts"}
    for one in [sent, *(sent["parts"] or [])]:
        assert set(one) - SHOWN <= {"ref", "number", "parts", "id"}
        for name, allowed in PARTS_OF_SHOWN.items():
            found = one[name] if isinstance(one[name], list) else [one[name] or {}]
            assert all(set(entry) <= allowed for entry in found)


@pytest.mark.parametrize("kind", list(ItemType))
def test_a_question_of_every_type_shows_nothing_of_its_key(kind: ItemType) -> None:
    sent = _as_sent(kind)
    assert not {name for _, name, _ in _walk(sent)} & (FORBIDDEN | {"areas", "order", "pairs", "scoring", "share"})
    text = json.dumps(sent, ensure_ascii=False)
    leaked = [secret for secret in _secrets_of_key(WORDINGS[kind][1]) if secret in text]
    assert not leaked


def _secrets_of_key(key: dict[str, Any]) -> set[str]:
    """What a key says beyond ids: texts, numbers, weights, coordinates."""
    inner = [text for part in key.get("parts", {}).values() for text in _secrets_of_key(part)]
    said = [text for blank in key.get("blanks", []) for text in blank] + list(key.get("points", []))
    said += [str(key[name]) for name in ("value", "tolerance", "reference") if isinstance(key.get(name), str)]
    scoring = key.get("scoring", {})
    said += [str(weight) for weight in scoring.get("weights", {}).values()] if isinstance(scoring, dict) else []
    said += [str(number) for area in key.get("areas", []) for number in area["coords"]]
    return {*inner, *said}


@pytest.mark.parametrize("kind", [ItemType.ORDERING, ItemType.MATCHING, ItemType.INLINE_CHOICE, ItemType.COMPOSITE])
def test_what_is_shuffled_is_shown_as_its_stored_place_says_and_not_as_it_is_written(kind: ItemType) -> None:
    form = {"q1": question("q1", kind, 500, lettered(kind, *WORDINGS[kind])[0])}
    shown = [laid_out(form, arrange(form.values(), str(seed))) for seed in range(12)]
    assert len({json.dumps(one) for one in shown}) > 1


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
