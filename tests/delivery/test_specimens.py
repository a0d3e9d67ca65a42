from callers import Caller
from flask import Flask
from world import World

from examsvc.core import audit
from examsvc.core.db import Database
from questionbank import holdings


def test_the_office_sees_a_paper_as_candidates_will_and_always_the_same(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    path = f"/api/papers/{world.paper.id}/specimen"
    shown = office.get(path).json
    assert shown == office.get(path).json
    questions = [question for section in shown["sections"] for question in section["questions"]]
    assert [question["number"] for question in questions] == list(range(1, 11))
    assert (shown["title"], shown["total_points"]) == (world.blueprint.name, 100_00)
    assert {question["ref"] for question in questions} == {item.ref for item in world.paper.items}
    assert "right" not in str(shown)


def test_who_writes_items_does_not_see_papers(app: Flask, world: World) -> None:
    author = Caller(app).log_in("author")
    assert author.get(f"/api/papers/{world.paper.id}/specimen").status_code == 403


def test_of_a_secret_bank_it_is_on_record_who_looked_at_each_question(
    app: Flask, world: World, database: Database
) -> None:
    office = Caller(app).log_in("office")
    office.post(f"/api/banks/{world.bank.id}/secrecy", {})
    office.get(f"/api/papers/{world.paper.id}/specimen")
    with database.reading() as db:
        streams = [f"item:{item.item_version.item_id}" for item in holdings.paper(db, world.paper.id).items]
        looks = [audit.history(db, stream)[-1] for stream in streams]
    assert {(look.action, look.actor_name) for look in looks} == {("item.read", "office先生")}
