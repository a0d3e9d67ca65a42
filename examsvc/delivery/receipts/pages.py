"""The public page that checks receipts, without JavaScript; the keys they are signed with; a receipt as a QR code."""

import base64
import threading
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute

from examsvc.core.clock import SHANGHAI
from examsvc.core.counters import Counter
from examsvc.core.errors import Refusal
from examsvc.core.web.edge import reading, settings
from examsvc.core.web.uploads import limit_body
from examsvc.delivery.errors import ReceiptBroken, ReceiptKeyUnknown, ReceiptUnreadable
from examsvc.delivery.receipts import checking, signed, symbols, tokens
from examsvc.delivery.receipts.checking import Checked
from examsvc.delivery.receipts.texts import RECEIPTS
from examsvc.delivery.reconciling import statements
from examsvc.registry import site

blp = Blueprint("receipt_pages", __name__, template_folder="templates", url_prefix="/receipts")
TEMPLATE: Final = "receipts/check.html"
MOST_BYTES: Final = 16 * 1024
PER_ADDRESS: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(60), RateLimitItemPerHour(1_000))
MOST_WAIT_S: Final = 5
ONE_AT_A_TIME: Final = threading.BoundedSemaphore(1)  # a long log takes a processor for a second, and anybody may ask
_EXTENSION: Final = "delivery.receipt_checks"


class TooManyChecks(Refusal):
    code = "too_many_checks"
    status = 429
    detail = "Too many receipts were checked; try again in {retry_after} seconds."


@blp.app_template_filter("beijing")
def beijing(instant: datetime) -> str:
    """Return the instant by the clock of Beijing, to the second."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


@blp.get("")
def form() -> Response:
    """The form; with a token in the address, as a QR code has it, the answer."""
    token = request.args.get("token", "")
    return _answer(token) if token else _page(200)


@blp.post("")
def check() -> Response:
    """The answer to a receipt that was pasted, or a file with one in it."""
    limit_body(MOST_BYTES)
    file = request.files.get("file")
    uploaded = file.stream.read().decode(errors="replace") if file else ""
    return _answer(request.form.get("token", "").strip() or uploaded)


@blp.get("/keys")
def keys() -> Response:
    """The public keys of receipts and of reconciliations, so that anybody can check one without this service."""
    kinds = {"receipts": signed.public_keys(), "reconciliations": statements.public_keys()}
    return jsonify(keys=[_told(signs, key_id, key) for signs, held in kinds.items() for key_id, key in held.items()])


def _told(signs: str, key_id: str, key: bytes) -> dict[str, str]:
    public = base64.urlsafe_b64encode(key).decode().rstrip("=")
    return {"key_id": key_id, "algorithm": "Ed25519", "signs": signs, "public_key": public}


@blp.get("/qr.svg")
def qr() -> Response:
    """The QR code of a receipt of ours: the address of this page with the receipt in it."""
    token = request.args.get("token", "")
    signed.verified(token)
    picture = Response(symbols.qr_svg(f"{settings().public_url}/receipts?{urlencode({'token': token})}"))
    picture.mimetype = "image/svg+xml"
    picture.headers["Cache-Control"] = "private, max-age=3600"
    return picture


def _answer(text: str) -> Response:
    try:
        _admit(request.remote_addr or "")
        return _page(200, checked=_checked(checking.found_in(text[:MOST_BYTES])))
    except (ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken) as refusal:
        return _page(refusal.status, refusal=refusal.code)
    except TooManyChecks as refusal:
        answer = _page(refusal.status, retry_after=refusal.extra["retry_after"])
        answer.headers["Retry-After"] = str(refusal.extra["retry_after"])
        return answer


def _checked(token: str) -> Checked:
    """Reckon one chain at a time, however many ask: who waits holds no connection, and not for long."""
    if not ONE_AT_A_TIME.acquire(timeout=MOST_WAIT_S):
        raise TooManyChecks(retry_after=MOST_WAIT_S)
    try:
        with reading() as db:
            return checking.check(db, token)
    finally:
        ONE_AT_A_TIME.release()


def _admit(address: str) -> None:
    counter: Counter = current_app.extensions.setdefault(_EXTENSION, Counter(settings().redis_url))
    for limit in PER_ADDRESS:
        if not counter.hit(limit, "receipt-check", address):
            raise TooManyChecks(retry_after=counter.seconds_left(limit, "receipt-check", address))


def _page(status: int, **values: Any) -> Response:
    token = request.args.get("token", "")[: tokens.MOST_CHARACTERS]
    keep = {"token": token} if token else {}
    answer = site.page(TEMPLATE, RECEIPTS, status=status, keep=keep, most=tokens.MOST_CHARACTERS, **values)
    answer.headers["Cache-Control"] = "no-store"
    return answer
