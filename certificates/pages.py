"""The public query page: a plain form that is posted, so that nothing a person types stands in an address."""

from typing import Any

from flask import Blueprint, Response, request

from certificates import asking
from certificates.errors import CertificateNotFound, TooManyQueries
from certificates.texts import QUERY
from examsvc.registry import site

blp = Blueprint("certificate_pages", __name__, template_folder="templates")
LONGEST = {"number": 60, "name": 80, "identity_number": 40}
TEMPLATE = "certificates/query.html"


@blp.get("/certificates")
def form() -> Response:
    """The form; a QR code on a certificate fills in the number."""
    number = request.args.get("number", "")[: LONGEST["number"]]
    return _page(200, number=number)


@blp.post("/certificates")
def query() -> Response:
    """The answer: genuine or not, and in what state."""
    # NUL is nothing that a person types, and nothing that PostgreSQL compares with.
    typed = {field: request.form.get(field, "").replace("\x00", "").strip()[:most] for field, most in LONGEST.items()}
    shown = {"number": typed["number"], "name": typed["name"]}
    if not all(typed.values()):
        return _page(422, **shown, missing=True)
    try:
        return _page(200, **shown, found=asking.ask(**typed))
    except CertificateNotFound as miss:
        return _page(miss.status, **shown, is_miss=True)
    except TooManyQueries as refusal:
        answer = _page(refusal.status, **shown, retry_after=refusal.extra["retry_after"])
        answer.headers["Retry-After"] = str(refusal.extra["retry_after"])
        return answer


def _page(status: int, *, number: str, name: str = "", **values: Any) -> Response:
    keep = {"number": number} if number and request.method == "GET" else {}
    answer = site.page(TEMPLATE, QUERY, status=status, keep=keep, number=number, name=name, longest=LONGEST, **values)
    answer.headers["Cache-Control"] = "no-store"
    return answer
