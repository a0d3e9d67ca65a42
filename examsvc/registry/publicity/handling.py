"""What the door for handlers does beside the verbs: chooses the verb, gives out the evidence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from examsvc.core import blobs
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.core.web.downloads import download
from examsvc.registry.publicity import resolving
from examsvc.registry.publicity.errors import HandlerConcerned
from examsvc.registry.publicity.models import Objection


def resolve(db: Session, objection_id: UUID, body: Mapping[str, Any], *, by: Identity, now: datetime) -> Objection:
    """Uphold or dismiss, as the body of the resolution says; raises what the verbs raise."""
    version, answer = body["version"], body["answer"]
    if body["is_upheld"]:
        one = resolving.uphold(db, objection_id, version, answer, body["consequence"], by=by, now=now)
    else:
        one = resolving.dismiss(db, objection_id, version, answer, by=by, now=now)
    db.flush()
    db.refresh(one, ["handler"])
    return one


def evidence_answer(db: Session, objection_id: UUID, *, by: Identity) -> Response:
    """Return the evidence as a download; raises HandlerConcerned, NotFound."""
    one = get(db, Objection, objection_id)
    if resolving.is_concerned(db, one, by):
        raise HandlerConcerned
    if not one.evidence_digest:
        raise NotFound(thing="file")
    return download(blobs.get(one.evidence_digest), one.evidence_name, one.evidence_type)
