"""Sites and rooms as the office reads them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.centres import keeping
from examsvc.registry.models import Filing, Organisation


def everything(db: Session, *, by: Identity) -> dict[str, Any]:
    """Return the sites with their rooms, and the filed organisations that the person may enter sites for."""
    centres = keeping.all_centres(db, by=by)
    rooms = keeping.rooms_of(db, [centre.id for centre in centres])
    items = [
        {
            **{name: getattr(centre, name) for name in _FACTS},
            "organisation": centre.organisation.name,
            "rooms": [room for room in rooms if room.centre_id == centre.id],
        }
        for centre in centres
    ]
    return {"items": items, "organisations": _organisations(db, by)}


_FACTS = ("id", "organisation_id", "name", "district", "address", "state")


def _organisations(db: Session, by: Identity) -> list[Organisation]:
    query = select(Organisation).where(Organisation.id.in_(select(Filing.organisation_id)))
    affiliation = cases.affiliation(db, by)
    if affiliation is not None:
        query = query.where(Organisation.id == affiliation.organisation_id)
    return list(db.scalars(query.order_by(Organisation.name)))
