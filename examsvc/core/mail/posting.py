"""The post: letters are put into the outbox in a transaction, and a sweep carries them to the SMTP server.

Without an SMTP server no letter is written. A letter goes out at least once: who dies between the server's yes and our
note of it sends it again under the same Message-ID. Nobody waits for the server inside a transaction.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import clock
from examsvc.core.db import Database, after_commit, database_of, get_locked
from examsvc.core.mail import addresses, letters
from examsvc.core.mail.models import MailState, OutgoingMail
from examsvc.core.sweeps import Sweep

log = logging.getLogger(__name__)
MOST_TRIES = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
LEASE = timedelta(minutes=2)
AT_ONCE = 20
PERMANENT = 500


@dataclass(frozen=True)
class Post:
    """The SMTP server (None: no mail), the sender's address, and where the service is found."""

    smtp_url: str | None
    sender: str
    public_url: str


_post = Post(None, "", "")


def use_post(smtp_url: str | None, sender: str, public_url: str) -> None:
    """Set the process's post; called once by the composition root."""
    global _post  # noqa: PLW0603 (a process has one post)
    _post = Post(smtp_url, sender, public_url)


def is_open() -> bool:
    """Return whether there is a server to send by."""
    return _post.smtp_url is not None


def address_of(path: str) -> str:
    """Return the address of a page of the service, for the text of a letter."""
    return f"{_post.public_url}{path}"


def write(db: Session, to_address: str, subject: str, body: str, *, now: datetime) -> OutgoingMail | None:
    """Put a letter into the outbox and return it, or None without a server; raises ValueError for a bad address."""
    if not is_open():
        return None
    to = addresses.checked(to_address)
    mail = OutgoingMail(to_address=to, subject=letters.one_line(subject), body=body, created_at=now, next_try_at=now)
    db.add(mail)
    return mail


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries: doubling, at most six hours."""
    return min(FIRST_WAIT * (1 << (tries - 1)), LONGEST_WAIT)


def _due(db: Session, now: datetime) -> Iterable[UUID]:
    if not is_open():
        return ()
    query = select(OutgoingMail.id).where(OutgoingMail.state == MailState.WAITING, OutgoingMail.next_try_at <= now)
    return db.scalars(query.order_by(OutgoingMail.next_try_at, OutgoingMail.id).limit(AT_ONCE)).all()


def _claim(db: Session, mail_id: UUID, now: datetime) -> None:
    """Take the letter for a while, so that nobody else carries it, and carry it once that is committed."""
    mail = get_locked(db, OutgoingMail, mail_id)
    if mail.state != MailState.WAITING or mail.next_try_at > now:
        return
    mail.tries += 1
    mail.next_try_at = now + LEASE
    database = database_of(db)
    after_commit(db, lambda: _carry(database, mail))


def _carry(database: Database, mail: OutgoingMail) -> None:
    fault = _fault_of(mail)
    with database.transaction() as db:
        _note(get_locked(db, OutgoingMail, mail.id), fault, now=clock.now())


def _fault_of(mail: OutgoingMail) -> Exception | None:
    try:
        letters.send(_post.smtp_url or "", letters.compose(mail, sender=_post.sender))
    except (OSError, SMTPException) as fault:
        return fault
    return None


def _note(mail: OutgoingMail, fault: Exception | None, *, now: datetime) -> None:
    if fault is None:
        mail.state, mail.sent_at, mail.last_error = MailState.SENT, now, ""
        return
    # Servers repeat the address in what they say; it is not logged, and neither is it kept.
    mail.last_error = _named(fault)
    log.warning("mail not sent", extra={"mail": str(mail.id), "tries": mail.tries, "error": mail.last_error})
    if mail.tries >= MOST_TRIES or _is_for_good(fault):
        mail.state = MailState.FAILED
    else:
        mail.next_try_at = now + wait_after(mail.tries)


def _codes(fault: Exception) -> list[int]:
    if isinstance(fault, SMTPRecipientsRefused):
        return [code for code, _ in fault.recipients.values()]
    return [fault.smtp_code] if isinstance(fault, SMTPResponseException) else []


def _is_for_good(fault: Exception) -> bool:
    """A server's 5xx says never; a server that cannot be reached, or says 4xx, says later."""
    return any(code >= PERMANENT for code in _codes(fault))


def _named(fault: Exception) -> str:
    return " ".join([type(fault).__name__, *map(str, _codes(fault))])


SWEEP = Sweep("mail", _due, _claim)
