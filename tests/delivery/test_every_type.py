"""A paper with every type that the machine scores: shown, answered, scored, and its files shown to its candidates."""

import hashlib
import hmac
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from items import DIGEST, WORDINGS, picture_file
from scenes import scene
from sitters import Sitter
from sqlalchemy import select
from waiters import Waiter, raw
from world import World

from examsvc.core.db import Database, get
from examsvc.delivery import dealing
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.registry.models import SchemeSpecification
from questionbank import authoring, drawing, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.content import with_digests
from questionbank.draw import Row
from questionbank.kinds import Difficulty, ItemType
from questionbank.media import keeping
from questionbank.models import ItemVersion, PaperItem
from questionbank.registration import registering
from scoring.theory_part import theory_components

ASKED = [kind for kind in ItemType if not kind.is_written]


@scene
def picture(database: Database, world: World) -> str:
    """Fill the world's bank with an item of each type for each work task; return the digest of their picture."""
    with database.transaction() as db:
        held = keeping.keep(db, world.bank.id, "图.png", picture_file(), by=world.by("author"), now=world.now)
        for task in get(db, SchemeSpecification, world.specification.id).work_tasks:
            for kind in ASKED:
                content, key = WORDINGS[kind]
                shown = with_digests(content, {DIGEST: held.digest})
                wording = Wording(kind, Difficulty.EASY, task.knowledge_points[0].id, shown, key, "")
                _release(db, world, f"E{task.number}-{kind}", wording)
        registering.register(db, world.bank.id, filing_id=world.filing.id, by=world.by("office"), now=world.now)
        return held.digest


def _release(db: Any, world: World, code: str, wording: Wording) -> None:
    author, reviewer = world.by("author"), world.by("reviewer")
    version = authoring.write_item(db, world.bank.id, code, wording, by=author, now=world.now)
    reviewing.submit(db, version.id, by=author, now=world.now)
    reviewing.approve(db, version.id, by=reviewer, now=world.now)
    releasing.release(db, version.id, by=reviewer, now=world.now)


@scene
def every_type(picture: str, database: Database, world: World) -> None:
    """Give the world's exam session a paper with a question of each type for each work task."""
    rows = [Row(task, kind, 1, 5_00) for task in (1, 2) for kind in ASKED]
    with database.transaction() as db:
        blueprint = drawing.add_blueprint(db, world.bank.id, "各题型", rows, now=world.now)
        paper = drawing.draw_paper(db, blueprint.id, seed="all", by=world.by("office"), now=world.now)
        exam_session = get(db, ExamSession, world.exam_session.id)
        exam_session.paper_id = paper.id
        dealing.give_papers(db, exam_session, [get(db, Sitting, one.sitting.id) for one in world.enrolments])


RIGHT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "SINGLE_CHOICE": lambda key: {"choice": key["right"][0]},
    "MULTIPLE_CHOICE": lambda key: {"choices": key["right"]},
    "TRUE_FALSE": lambda key: {"value": key["value"]},
    "FILL_IN": lambda key: {"blanks": [accepted[0] for accepted in key["blanks"]]},
    "NUMERIC": lambda key: {"text": key["value"]},
    "INLINE_CHOICE": lambda key: {"gaps": key["gaps"]},
    "ORDERING": lambda key: {"order": key["order"]},
    "MATCHING": lambda key: {"pairs": key["pairs"]},
    "HOTSPOT": lambda key: {"points": [key["areas"][0]["coords"][:2]]},
}


def right_answer(version: ItemVersion) -> dict[str, Any]:
    if version.type != ItemType.COMPOSITE:
        return RIGHT[version.type](version.key)
    types = {part["id"]: part["type"] for part in version.content["parts"]}
    return {"parts": {part_id: RIGHT[types[part_id]](key) for part_id, key in version.key["parts"].items()}}


def versions(database: Database, world: World) -> dict[str, ItemVersion]:
    """The versions of the exam session's paper by ref."""
    with database.reading() as db:
        paper_id = get(db, ExamSession, world.exam_session.id).paper_id
        rows = db.execute(
            select(PaperItem.ref, ItemVersion).join(PaperItem.item_version).filter(PaperItem.paper_id == paper_id)
        )
        return {row.ref: row.ItemVersion for row in rows}


def earned(database: Database, world: World) -> list[Fraction]:
    with database.reading() as db:
        enrolment = get(db, Enrolment, world.enrolments[0].id)
        return [known.component.points for known in theory_components(db, enrolment).values()]


@pytest.mark.usefixtures("every_type")
def test_who_answers_every_type_rightly_earns_all_and_who_answers_nothing_earns_nothing(
    sitter: Sitter, database: Database, world: World
) -> None:
    asked = versions(database, world)
    sections = sitter.begin().paper()["sections"]
    assert [section["type"] for section in sections] == ASKED
    saved = sitter.send(*(sitter.entry(ref, right_answer(version)) for ref, version in asked.items()))
    assert (saved.status_code, saved.json["answered_count"]) == (200, len(asked))
    assert sitter.hand_in().status_code == 200
    assert earned(database, world) == [50_00, 50_00]


@pytest.mark.usefixtures("every_type")
def test_what_was_answered_in_a_part_of_a_composite_comes_back_at_the_next_claim(
    sitter: Sitter, database: Database, world: World
) -> None:
    ref = next(ref for ref, version in versions(database, world).items() if version.type == ItemType.COMPOSITE)
    answer = {"parts": {"p1": {"choice": "b"}, "p3": None}}
    sitter.begin()
    assert sitter.send(sitter.entry(ref, answer)).json["answered_count"] == 1
    assert [stored["answer"] for stored in sitter.claim()["answers"]] == [answer]
    wrong = {"parts": {"p1": {"choice": "z"}}}
    assert sitter.send(sitter.entry(ref, wrong)).json["code"] == "bad_answer"


@pytest.mark.usefixtures("every_type")
def test_each_candidate_is_shown_the_steps_in_an_order_of_their_own_that_stays(
    sitter: Sitter, neighbour: Sitter
) -> None:
    first, second = sitter.begin().paper(), neighbour.begin().paper()
    assert sitter.paper() == first
    assert first["sections"] != second["sections"]


@pytest.mark.usefixtures("every_type")
def test_a_picture_of_the_paper_is_shown_while_the_paper_may_be_read(sitter: Sitter, picture: str) -> None:
    path = f"{sitter.path}/media/{picture}"
    sitter.enter()
    assert sitter.get(path).json["code"] == "not_opened"
    sitter.check_in().claim()
    shown = sitter.get(path)
    assert (shown.status_code, shown.content_type) == (200, "image/png")
    assert shown.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    sitter.hand_in()
    assert sitter.get(path).json["code"] == "sitting_over"


@pytest.mark.usefixtures("every_type")
def test_nobody_is_shown_a_picture_through_the_sitting_of_another(
    sitter: Sitter, neighbour: Sitter, picture: str
) -> None:
    sitter.begin()
    neighbour.begin()
    assert neighbour.get(f"{sitter.path}/media/{picture}").status_code == 404


def test_a_picture_of_the_bank_that_the_own_paper_does_not_show_is_not_found(sitter: Sitter, picture: str) -> None:
    sitter.begin()
    assert sitter.get(f"{sitter.path}/media/{picture}").status_code == 404
    assert sitter.get(f"{sitter.path}/media/{DIGEST}").status_code == 404


@pytest.mark.usefixtures("every_type")
def test_a_picture_is_fetched_sealed_under_a_name_that_tells_nothing_and_opens_with_the_key_of_the_files(
    sitter: Sitter, neighbour: Sitter, picture: str
) -> None:
    waiter, other = Waiter(sitter.enter().check_in()), Waiter(neighbour.enter().check_in())
    (name,) = waiter.preload()["media"]
    assert (name == picture, other.preload()["media"]) == (False, [name])
    assert waiter.get(f"sealed-media/{picture}").status_code == 404
    sealed = waiter.get(f"sealed-media/{name}")
    assert sealed.data == other.get(f"sealed-media/{name}").data
    key = raw(sitter.claim()["media_key"])
    assert hmac.new(key, f"name:{picture}".encode(), hashlib.sha256).hexdigest() == name
    bound_to = f'{{"medium":"{name}","v":1}}'.encode()
    opened = AESGCM(key).decrypt(sealed.data[:12], sealed.data[12:], bound_to)
    assert hashlib.sha256(opened).hexdigest() == picture
    again = waiter.get(f"sealed-media/{name}", headers={"If-None-Match": sealed.headers["ETag"]})
    assert again.status_code == 304
