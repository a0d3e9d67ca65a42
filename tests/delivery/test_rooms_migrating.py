"""What the upgrade to rooms does with enrolments that were there before, and the way back with those made since."""

from typing import Any
from uuid import UUID

import old_databases
from alembic import command
from old_databases import AT, Old
from sqlalchemy import text

from examsvc.cli.database import alembic_config


def test_seats_without_a_room_stay_and_seats_in_rooms_are_numbered_through_on_the_way_back(old_url: str) -> None:
    database = old_databases.at(old_url, "0015")
    with database.transaction() as db:
        session, organisation = _session(Old(db.connection()))
        _enrol(Old(db.connection()), session, 1, 2)
    command.upgrade(alembic_config(old_url), "0018")
    with database.transaction() as db:
        assert _seats(db) == [(None, 1), (None, 2)]
        _use_rooms(Old(db.connection()), session, organisation)
    command.downgrade(alembic_config(old_url), "0015")
    with database.reading() as db:
        seats = list(db.scalars(text("SELECT seat_number FROM enrolments ORDER BY ticket_number")))
    assert seats == [1, 2, 3, 4, 5]  # those without a room first, then room after room
    database.close()


def _seats(db: Any) -> list[tuple[UUID | None, int]]:
    rows = db.execute(text("SELECT session_room_id, seat_number FROM enrolments ORDER BY seat_number"))
    return [(room, seat) for room, seat in rows]


def _session(old: Old) -> tuple[UUID, UUID]:
    organisation = old.add("organisations", name="机构", kind="ENTERPRISE")
    specification = old.add("scheme_specifications", scheme_id=old.add("schemes", name="项目"))
    filing = old.add("filings", organisation_id=organisation, specification_id=specification, state="IN_FORCE")
    rules = {"clock_rule": "COMMON", "camera_rule": "OFF", "state": "DRAFT"}
    window = {"starts_at": AT, "ends_at": AT.replace(hour=3)}
    return old.add("exam_sessions", filing_id=filing, **rules, **window), organisation


def _enrol(old: Old, session: UUID, *seats: int, ticket: str = "0", **place: Any) -> None:
    for seat in seats:
        name = f"{ticket}{seat}"
        account = old.add("accounts", username=name, state="ACTIVE", display_name="考生")
        candidate = old.add("candidates", account_id=account, identity_index=name)
        columns = {"exam_session_id": session, "candidate_id": candidate, "ticket_number": name, "seat_number": seat}
        old.add("enrolments", **columns, **place)


def _use_rooms(old: Old, session: UUID, organisation: UUID) -> None:
    centre = old.add("centres", organisation_id=organisation, state="PROPOSED")
    for number, seats in ((1, (1, 2)), (2, (1,))):
        room = old.add("rooms", centre_id=centre, kind="COMPUTER")
        used = old.add("session_rooms", exam_session_id=session, room_id=room, number=number)
        _enrol(old, session, *seats, ticket=str(number), session_room_id=used)
