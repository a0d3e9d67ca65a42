"""Who plays in the demo: staff with their roles and where they belong, and the organisations they belong to."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from examsvc.accounts import passwords
from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core.identity import Identity
from examsvc.demo import content_files
from examsvc.registry import service as registry
from examsvc.registry.desks import affiliating
from examsvc.registry.desks.affiliating import Place
from examsvc.registry.models import Organisation, OrganisationKind

PASSWORD = "demo-2026"  # noqa: S105 (the demo's, printed for everybody to see)


class Act(TypedDict):
    """Who acts and when, as verbs take it."""

    by: Identity
    now: datetime


@dataclass
class Crew:
    """Accounts by user name, organisations by their key in the content; `texts` are sectors.toml and people.toml."""

    texts: dict[str, Any]
    accounts: dict[str, Account] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def act(self, username: str, now: datetime) -> Act:
        """Return the acting person and the moment, as verbs take them."""
        account = self.accounts[username]
        identity = Identity(name=account.display_name, account_id=account.id, roles=account.roles)
        return Act(by=identity, now=now)

    def one_of(self, **where: str) -> str:
        """Return the user name of the first person with this place: department, organisation or district."""
        staff: list[dict[str, str]] = self.texts["staff"]
        return next(one["username"] for one in staff if where.items() <= one.items())


def hire(db: Session, *, by: Identity, now: datetime) -> Crew:
    """Create everybody's account, the departments and the organisations, and enter who belongs where."""
    people, sectors = content_files.load("people.toml"), content_files.load("cases/sectors.toml")
    own = {**sectors["organisations"]["ai"], **people["organisation"]}
    texts = {**people, **sectors, "organisations": {**sectors["organisations"], "ai": own}}
    crew = Crew(texts)
    secret = passwords.hashed(PASSWORD)  # everybody's is the same here, and hashing is meant to take long
    for person in texts["staff"]:
        roles = [Role(role) for role in person["roles"]]
        account = accounts.create_account(db, person["username"], person["name"], roles, password=None, by=by, now=now)
        account.password_hash = secret
        crew.accounts[person["username"]] = account
    act = crew.act("registrar", now)
    for text in texts["departments"].values():
        affiliating.add_department(db, text["name"], **act)
    for key, text in texts["organisations"].items():
        crew.organisations[key] = _register(db, text, act)
    for person in texts["staff"]:
        _place(db, crew, person, act)
    return crew


def _register(db: Session, text: dict[str, str], act: Act) -> Organisation:
    kind, where = OrganisationKind(text["kind"]), {"district": text["district"], "address": text["address"]}
    return registry.register_organisation(db, text["name"], text["credit_code"], kind, **where, **act)


def _place(db: Session, crew: Crew, person: dict[str, Any], act: Act) -> None:
    department, organisation = person.get("department"), person.get("organisation")
    place = Place(
        department=crew.texts["departments"][department]["name"] if department else None,
        credit_code=crew.organisations[organisation].credit_code if organisation else None,
        district=person.get("district"),
    )
    if any(vars(place).values()):
        affiliating.affiliate(db, crew.accounts[person["username"]].id, place, **act)
