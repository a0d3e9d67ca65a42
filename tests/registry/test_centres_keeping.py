"""Sites and rooms that the office keeps once the organisation is filed."""

from typing import Any

import pytest
from callers import Caller
from flask import Flask
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import Database, only
from examsvc.core.identity import Identity
from examsvc.registry.applications.models import Centre
from examsvc.registry.cases.models import Affiliation
from examsvc.registry.centres import keeping
from examsvc.registry.models import Organisation, OrganisationKind

PATH = "/api/sites"
ROOM: dict[str, Any] = {"name": "机考二室", "kind": "COMPUTER", "has_video": True}


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


def site(office: Caller) -> dict[str, Any]:
    (found,) = office.get(PATH).json["items"]
    return dict(found)


def test_a_room_has_thirty_seats_unless_told_otherwise_and_its_name_once_in_its_site(office: Caller) -> None:
    path = f"{PATH}/{site(office)['id']}/rooms"
    added = office.post(path, ROOM)
    assert added.status_code == 201
    (room,) = [one for one in site(office)["rooms"] if one["name"] == "机考二室"]
    assert (room["seats"], room["has_video"], room["is_open"]) == (30, True, True)
    assert office.post(path, ROOM).json["code"] == "room_name_taken"
    assert office.post(path, {**ROOM, "name": "无数", "seats": 0}).status_code == 422


def test_a_closed_room_frees_its_name_and_opens_again_only_while_it_is_free(office: Caller) -> None:
    path = f"{PATH}/{site(office)['id']}/rooms"
    office.post(path, ROOM)
    (room,) = [one for one in site(office)["rooms"] if one["name"] == "机考二室"]
    own = f"{PATH}/rooms/{room['id']}"
    assert office.post(f"{own}/close", {}).status_code == 200
    assert office.post(f"{own}/open", {}).status_code == 200
    office.post(f"{own}/close", {})
    assert office.post(path, ROOM).status_code == 201
    assert office.post(f"{own}/open", {}).json["code"] == "room_name_taken"
    changed = office.put(own, {**ROOM, "name": "旧机考二室", "has_video": False})
    assert changed.status_code == 200
    assert office.post(f"{own}/open", {}).status_code == 200


def test_a_new_site_waits_for_its_district(office: Caller, database: Database, world: World) -> None:
    wanted = {
        "organisation_id": str(world.organisation.id),
        "name": "新点",
        "district": "静安区",
        "address": "南京西路",
    }
    assert office.post(PATH, wanted).status_code == 201
    assert office.post(PATH, wanted).json["code"] == "centre_name_taken"
    with database.reading() as db:
        centre = only(db, Centre, name="新点")
        assert centre is not None
        actions = [entry.action for entry in audit.history(db, centre.audit_stream)]
    assert (centre.state, actions) == ("PROPOSED", ["centre.entered"])


def test_an_office_of_one_organisation_keeps_no_rooms_of_another(
    app: Flask, office: Caller, database: Database, world: World
) -> None:
    act: dict[str, Any] = {"by": world.by("registrar"), "now": world.now}
    with database.transaction() as db:
        place = Organisation(
            name="别的机构", credit_code="91310000MA1FL0BW3K", kind=OrganisationKind.ENTERPRISE, district="静安区",
            address="路", created_at=world.now,
        )  # fmt: skip
        db.add(place)
        account = accounts.create_account(db, "office9", "外人", [Role.OFFICE], password=None, **act)
        db.flush()
        db.add(Affiliation(account_id=account.id, organisation_id=place.id))
        db.flush()
        stranger = Identity(name="外人", account_id=account.id, roles=account.roles)
        assert keeping.all_centres(db, by=stranger) == []
    assert [room["name"] for room in site(office)["rooms"]] == ["S1 第1考场"]
    assert Caller(app).log_in("proctor1").get(PATH).status_code == 403
