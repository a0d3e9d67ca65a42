"""A browser proves itself: a nonce is handed out, and the hash of the address that holds it comes back, once."""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import only_locked
from examsvc.core.errors import NotLoggedIn
from examsvc.core.identity import Identity
from examsvc.delivery import finding, signals
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.safe_browser import settings_files, settling
from examsvc.delivery.safe_browser.addresses import address, hashed, without_fragment
from examsvc.delivery.safe_browser.errors import (
    SafeBrowserAddressDiffers,
    SafeBrowserChallengeOver,
    SafeBrowserKeyUnknown,
    SafeBrowserSilent,
)
from examsvc.delivery.safe_browser.models import SafeBrowserChallenge, SafeBrowserKey
from examsvc.delivery.safe_browser.states import KeyKind, ProofWay

VALID_FOR: Final = timedelta(minutes=2)
NONCE_BYTES: Final = 24


@dataclass(frozen=True)
class Shown:
    """What a browser showed: hashes by kind in headers of its request, and those that its page read.

    `page_address` is where the page says it is. It decides nothing, and only helps to tell what is wrong.
    """

    headers: Mapping[KeyKind, str]
    page: Mapping[KeyKind, str]
    page_address: str
    version: str


@dataclass(frozen=True)
class _Proof:
    way: ProofWay
    kind: KeyKind
    label: str


def page_path(sitting_id: UUID, nonce: str) -> str:
    """Return the path of the page whose address is hashed."""
    return f"/candidate/sittings/{sitting_id}/safe-browser/{nonce}"


def answer_path(nonce: str) -> str:
    """Return the path that the page answers to; older browsers put the hash of its address into headers."""
    return f"/api/safe-browser/challenges/{nonce}"


def challenge(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> SafeBrowserChallenge:
    """Return a fresh challenge for the caller's log-in; the one before is void. Raises NotFound, SittingOver."""
    sitting = finding.own_locked(db, sitting_id, by=by)
    if sitting.state.is_over:
        raise SittingOver
    if by.login_id is None:
        raise NotLoggedIn
    db.execute(delete(SafeBrowserChallenge).filter_by(login_id=by.login_id))
    made = SafeBrowserChallenge(
        nonce=secrets.token_urlsafe(NONCE_BYTES),
        sitting_id=sitting_id,
        login_id=by.login_id,
        epoch=sitting.epoch,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    db.add(made)
    db.flush()
    return made


def answer(db: Session, nonce: str, shown: Shown, *, public_url: str, by: Identity, now: datetime) -> Sitting:
    """Take the answer to a challenge and return the sitting, which the caller's log-in may claim now.

    Raises SafeBrowserChallengeOver, SafeBrowserSilent, SafeBrowserAddressDiffers, SafeBrowserKeyUnknown, NotFound.
    """
    sitting, asked = _asked(db, nonce, by, now)
    proof = _proof(db, sitting, nonce, shown, public_url)
    asked.used_at = now
    sitting.safe_browser_login_id, sitting.safe_browser_epoch = by.login_id, sitting.epoch
    detail = {"way": proof.way, "kind": proof.kind, "key": proof.label, "browser": shown.version}
    audit.append(db, sitting.audit_stream, "safe_browser.proven", by=by, now=now, **detail)
    signals.safe_browser_settled.send(sitting, db=db, now=now)
    return sitting


def _asked(db: Session, nonce: str, by: Identity, now: datetime) -> tuple[Sitting, SafeBrowserChallenge]:
    sitting_id = db.scalar(select(SafeBrowserChallenge.sitting_id).filter_by(nonce=nonce, login_id=by.login_id))
    if sitting_id is None:
        raise SafeBrowserChallengeOver
    sitting = finding.own_locked(db, sitting_id, by=by)
    asked = only_locked(db, SafeBrowserChallenge, nonce=nonce)
    if asked is None or asked.used_at is not None or now >= asked.expires_at or asked.epoch != sitting.epoch:
        raise SafeBrowserChallengeOver
    return sitting, asked


def _proof(db: Session, sitting: Sitting, nonce: str, shown: Shown, public_url: str) -> _Proof:
    accepted = accepted_keys(db, sitting.enrolment.exam_session, public_url)
    kind = asked_kind(accepted)
    page, request = address(public_url, page_path(sitting.id, nonce)), address(public_url, answer_path(nonce))
    for way, at, said in ((ProofWay.SCRIPT, page, shown.page), (ProofWay.HEADER, request, shown.headers)):
        label = _known(said.get(kind, ""), at, accepted[kind].items())
        if label is not None:
            return _Proof(way, kind, label)
    seen = without_fragment(shown.page_address)
    if seen and seen != page:
        raise SafeBrowserAddressDiffers(seen=seen, expected=page)
    if kind not in shown.page and kind not in shown.headers:
        raise SafeBrowserSilent(address=page)
    raise SafeBrowserKeyUnknown(address=page, kind=kind)


def _known(said: str, at: str, keys: Iterable[tuple[str, str]]) -> str | None:
    found = [label for key, label in keys if hmac.compare_digest(said.lower().encode(), hashed(at, key).encode())]
    return found[0] if found else None


def accepted_keys(db: Session, exam_session: ExamSession, public_url: str) -> dict[KeyKind, dict[str, str]]:
    """Return the keys that are let in with what they are called; that of our own settings is called `own`."""
    own = settings_files.key_of(settling.making_of(exam_session, public_url))
    accepted: dict[KeyKind, dict[str, str]] = {KeyKind.CONFIG_KEY: {own: "own"}, KeyKind.BROWSER_EXAM_KEY: {}}
    for known in db.scalars(select(SafeBrowserKey).filter_by(exam_session_id=exam_session.id)):
        accepted[known.kind].setdefault(known.key, known.label)
    return accepted


def asked_kind(accepted: Mapping[KeyKind, Mapping[str, str]]) -> KeyKind:
    """Return which kind of key counts: Browser Exam Keys, which say more, as soon as one is listed."""
    return KeyKind.BROWSER_EXAM_KEY if accepted[KeyKind.BROWSER_EXAM_KEY] else KeyKind.CONFIG_KEY
