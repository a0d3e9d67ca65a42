"""What others ask of the dictionary, and how the centre completes it."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.registry import names
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_described
from examsvc.registry.cases.states import CaseState
from examsvc.registry.occupations.dictionary import DETAIL, MINOR, Dictionary, Occupation, level_of, of_2022
from examsvc.registry.occupations.errors import (
    BadOccupationCode,
    OccupationKnown,
    OccupationNamed,
    UnknownOccupation,
)
from examsvc.registry.occupations.models import OccupationAddition

DICTIONARY_SOURCE = "《中华人民共和国职业分类大典（2022年版）》"
LONGEST_NAME = 120
_PARENT_LENGTH = {MINOR: len("4-04"), DETAIL: len("4-04-05")}


def dictionary(db: Session) -> Dictionary:
    """Return the dictionary of 2022 with everything that was added; one query."""
    added = db.scalars(select(OccupationAddition).order_by(OccupationAddition.code))
    return _completed(tuple(_occupation(one) for one in added))


def name_minor_group(
    db: Session, code: str, name: str, *, source_notice: str = "", by: Identity, now: datetime
) -> Occupation:
    """Give a 小类 that the data leave without a name its official one, or correct that, and return it.

    Its source is the dictionary itself, or as it was, unless a notice is named. Draft rows of the group get the name.
    Raises NotAMinorGroup, UnknownOccupation, OccupationNamed, HtmlInText.
    """
    dictionary(db).minor_group(code)
    known = of_2022().get(code)
    if known is not None and known.name is not None:
        raise OccupationNamed(occupation_code=code)
    line = names.written(name, "name", most=LONGEST_NAME)
    added = db.get(OccupationAddition, code, with_for_update=True, populate_existing=True)
    if added is None:
        added = _add(db, OccupationAddition(code=code, name=line, source_notice=DICTIONARY_SOURCE, added_at=now))
    added.name, added.source_notice = line, source_notice or added.source_notice
    about = {"name": line, "source_notice": added.source_notice}
    audit.append(db, added.audit_stream, "occupation.named", by=by, now=now, **about)
    _name_drafts(db, code, line)
    return _occupation(added)


def append(
    db: Session, code: str, name: str, *, source_notice: str, digital: bool, green: bool, by: Identity, now: datetime
) -> Occupation:
    """Append an occupation (小类 or 细类) that the ministry published later, and return it.

    Raises BadOccupationCode, OccupationKnown, HtmlInText, and UnknownOccupation when its own group is not there.
    """
    level, known = level_of(code), dictionary(db)
    if level not in _PARENT_LENGTH:
        raise BadOccupationCode(occupation_code=code)
    if known.get(code) is not None:
        raise OccupationKnown(occupation_code=code)
    group = code[: _PARENT_LENGTH[level]]
    if known.get(group) is None:
        raise UnknownOccupation(occupation_code=group)
    about = {"name": names.written(name, "name", most=LONGEST_NAME), "source_notice": source_notice}
    added = _add(db, OccupationAddition(code=code, digital=digital, green=green, added_at=now, **about))
    audit.append(db, added.audit_stream, "occupation.appended", by=by, now=now, **about)
    return _occupation(added)


def shown(found: Dictionary, one: Occupation) -> dict[str, Any]:
    """Return an occupation as the OccupationView schema shows it."""
    without_name = one.level == MINOR and one.name is None
    examples = [each.name for each in found.under(one.code)] if without_name else []
    return {**vars(one), "examples": examples}


@lru_cache(maxsize=2)
def _completed(added: tuple[Occupation, ...]) -> Dictionary:
    """Return the dictionary with these lines; its indexes are built once, not for every request."""
    return of_2022().with_additions(added)


def _add(db: Session, added: OccupationAddition) -> OccupationAddition:
    db.add(added)
    db.flush()
    return added


def _occupation(added: OccupationAddition) -> Occupation:
    level = level_of(added.code) or DETAIL
    return Occupation(added.code, level, added.name, added.digital, added.green, added.source_notice)


def _name_drafts(db: Session, code: str, name: str) -> None:
    """What was submitted keeps the name that it was submitted with."""
    for case in db.scalars(select(Case).filter_by(occupation_code=code, state=CaseState.DRAFT)):
        case.occupation_name = name
        case_described.send(case, db=db)
