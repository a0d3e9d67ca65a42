"""Calendar feeds: a secret address that calendar programs read deadlines from, and nothing else."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountState
from examsvc.core import audit
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get, only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.desks import deadlines
from examsvc.registry.desks.deadlines import DeadlineKind
from examsvc.registry.desks.models import CalendarFeed
from examsvc.registry.windows import WindowKind

if TYPE_CHECKING:
    from icalendar import Event

BACK, AHEAD = timedelta(days=31), timedelta(days=365)
_WORDS = {DeadlineKind.WINDOW_OPENS: "开启", DeadlineKind.WINDOW_CLOSES: "关闭"}
_WINDOWS = {WindowKind.RECOMMENDATION: "推荐受理窗口", WindowKind.ORGANISATION: "机构申报受理窗口"}


def open_feed(db: Session, *, by: Identity, now: datetime) -> str:
    """Give the person a new calendar address and return its secret; the one before stops working."""
    token = secrets.token_urlsafe(32)
    feed = db.get(CalendarFeed, by.account_id)
    if feed is None:
        feed = CalendarFeed(account_id=by.account_id)
        db.add(feed)
    feed.token_digest, feed.created_at = _digest(token), now
    audit.append(db, f"account:{by.account_id}", "calendar.opened", by=by, now=now)
    return token


def close_feed(db: Session, *, by: Identity, now: datetime) -> None:
    """Make the person's calendar address stop working; nothing when there is none."""
    feed = db.get(CalendarFeed, by.account_id)
    if feed is not None:
        db.delete(feed)
        audit.append(db, f"account:{by.account_id}", "calendar.closed", by=by, now=now)


def calendar(db: Session, token: str, *, now: datetime) -> bytes:
    """Return the deadlines of the feed's owner as iCalendar (RFC 5545); raises NotFound.

    The owner's name is not in it; a disabled account's feed is not found.
    """
    from icalendar import Calendar  # noqa: PLC0415 (a quarter of a second for the few who subscribe)

    feed = only(db, CalendarFeed, token_digest=_digest(token))
    owner = get(db, Account, feed.account_id) if feed else None
    if owner is None or owner.state != AccountState.ACTIVE:
        raise NotFound(thing="calendar")
    reader = Identity(name="calendar", account_id=owner.id, roles=owner.roles)
    today = shanghai_date(now)
    sheet = Calendar()
    sheet.add("prodid", "-//examsvc//deadlines//ZH")
    sheet.add("version", "2.0")
    sheet.add("x-wr-calname", "专项职业能力考核备案期限")
    for one in deadlines.between(db, today - BACK, today + AHEAD, by=reader):
        sheet.add_component(_event(one, now))
    return bytes(sheet.to_ical())


def _event(one: dict[str, Any], now: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 (as above)

    event = Event()
    if one["kind"] == DeadlineKind.DUE:
        key, summary = one["case_id"], f"期限：{one['scheme_name']}（{one['number']}）"
    else:
        key = f"{one['window']}-{one['kind']}-{one['at']:%Y%m%d}"
        summary = _WINDOWS[one["window"]] + _WORDS[one["kind"]]
    event.add("uid", f"{key}@examsvc")
    event.add("dtstamp", now)
    event.add("dtstart", one["at"])
    event.add("summary", summary)
    return event


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
