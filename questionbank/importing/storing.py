"""The file of an import and what was found in it, stored as its bank is: in clear, or under the bank's key."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import blobs
from questionbank.importing.models import ImportLeftover, ItemImport
from questionbank.importing.spooling import Spool
from questionbank.interchange.model import Event, Unsupported
from questionbank.models import ItemBank
from questionbank.secrecy import keys
from questionbank.secrecy.columns import kept_under

WHAT = "import.file"
MARK = b"sealed:"


def put_file(bank: ItemBank, data: bytes) -> str:
    """Store the file and return the digest of what is stored; of a secret bank it is encrypted."""
    return blobs.put(data if bank.wrapped_key is None else _sealed(bank.wrapped_key, data))


def file_of(found: ItemImport) -> bytes:
    """Return the file as it was sent; raises NotFound."""
    stored = blobs.get(found.digest)
    if not stored.startswith(MARK):
        return stored
    _, wrapped, sealed = stored.decode().split(":")
    return keys.unseal(wrapped, WHAT, sealed)


def spooling(leftovers: Spool, events: Iterator[Event]) -> Iterator[Event]:
    """Pass the events on, and keep on the way what could not be modelled."""
    for event in events:
        if isinstance(event, Unsupported):
            leftovers.add(asdict(event))
        yield event


def write_leftovers(db: Session, import_id: UUID, bank: ItemBank, leftovers: Iterable[dict[str, Any]]) -> None:
    """Write what could not be modelled, under the bank's key if it has one."""
    for number, left in enumerate(leftovers, start=1):
        db.add(_leftover(import_id, number, bank.wrapped_key, Unsupported(**left)))


def _leftover(import_id: UUID, number: int, wrapped: str | None, left: Unsupported) -> ImportLeftover:
    return ImportLeftover(
        import_id=import_id,
        number=number,
        where=left.where[:400],
        kind=left.kind[:120],
        detail=_under(wrapped, left.detail),
        source=_under(wrapped, left.source),
    )


def kept(bank: ItemBank, value: Any) -> Any:
    """Return a report as it is stored for the bank."""
    return _under(bank.wrapped_key, value)


def _under(wrapped: str | None, value: Any) -> Any:
    return value if wrapped is None else kept_under(value, wrapped)


def _sealed(wrapped: str, data: bytes) -> bytes:
    return MARK + f"{wrapped}:{keys.seal(wrapped, WHAT, data)}".encode()
