"""公示 and 异议 for the public, rendered here; plain forms that work without JavaScript."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from examsvc.core.calendar import holidays
from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.clock import SHANGHAI, shanghai_date
from examsvc.core.errors import Refusal
from examsvc.core.web.edge import arrived_at, reading, transaction
from examsvc.registry import site
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.publicity import forms, objecting, spans, throttle
from examsvc.registry.publicity import reading as lists
from examsvc.registry.publicity.errors import NoticeClosed, NotInNotice, ObjectionNotFound
from examsvc.registry.publicity.states import Against, NoticeState
from examsvc.registry.publicity.texts import NOTICES, OBJECTIONS

blp = Blueprint("notice_pages", __name__, template_folder="templates")
LINES = 20


@blp.get("/notices")
def notices() -> Response:
    """The notices that are open, and those that are over."""
    now, after = arrived_at(), request.args.get("after") or None
    with reading() as db:
        opened = None if after else lists.notices(db, state=NoticeState.OPEN, limit=LINES, now=now)
        past = lists.notices(db, state=NoticeState.ENDED, after=after, limit=LINES, now=now)
    return site.page("publicity/notices.html", NOTICES, opened=opened, past=past)


@blp.get("/notices/<uuid:notice_id>")
def notice(notice_id: UUID) -> Response:
    """One notice with what it is about, and the form while it is open."""
    return _notice_page(200, notice_id, form_key=objecting.new_form_key())


@blp.post("/notices/<uuid:notice_id>/objections")
def objection(notice_id: UUID) -> Response:
    """Keep an objection and show its reference and its secret code, this once."""
    throttle.admit(throttle.OBJECTING, "objecting")
    typed = forms.read(request.form)
    form_key = request.form.get("form_key", "")[: forms.LONGEST["form_key"]] or objecting.new_form_key()
    if typed.complaint is None or request.form.get(forms.TRAP):
        return _notice_page(422, notice_id, form_key=form_key, typed=typed)
    try:
        file = _evidence()
        with transaction() as db:
            kept = objecting.object_to(db, notice_id, typed.complaint, file, form_key=form_key, now=arrived_at())
    except (NoticeClosed, NotInNotice) as refusal:
        return _notice_page(refusal.status, notice_id, form_key=form_key, typed=typed, refused=refusal.code)
    except _BadEvidence as bad:
        return _notice_page(bad.refusal.status, notice_id, form_key=form_key, typed=typed, refused="evidence")
    secret = objecting.secret_of(form_key)
    return _private(site.page("publicity/received.html", OBJECTIONS, status=201, objection=kept, secret=secret))


@blp.get("/objections")
def question() -> Response:
    """The form that asks what became of an objection."""
    return _private(site.page("publicity/objection.html", OBJECTIONS, longest=forms.LONGEST))


@blp.post("/objections")
def answer() -> Response:
    """What became of an objection, for who knows its reference and its code."""
    throttle.admit(throttle.ASKING, "objection-question")
    reference, secret = (request.form.get(name, "")[: forms.LONGEST[name]] for name in ("reference", "secret"))
    status, found = 200, None
    try:
        with reading() as db:
            found = objecting.follow(db, reference, secret)
    except ObjectionNotFound as miss:
        status = miss.status
    shown: dict[str, Any] = {"found": found, "is_miss": found is None, "reference": reference, "zone": SHANGHAI}
    return _private(site.page("publicity/objection.html", OBJECTIONS, status=status, longest=forms.LONGEST, **shown))


class _BadEvidence(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def _evidence() -> Upload | None:
    sent = request.files.get("evidence")
    if sent is None or not sent.filename:
        return None
    try:
        return objecting.evidence(sent.filename, sent.read(objecting.MOST_EVIDENCE_BYTES + 1))
    except Refusal as refusal:
        raise _BadEvidence(refusal) from refusal


def _notice_page(status: int, notice_id: UUID, **form: Any) -> Response:
    now = arrived_at()
    with reading() as db:
        shown = lists.notice(db, notice_id, now=now)
        left = None
        if shown["state"] == NoticeState.OPEN:
            try:
                left = spans.left(holidays.calendar(db), shown["ends_on"], today=shanghai_date(now))
            except HolidaysUnknown:  # a table that was taken back: the date itself stands
                left = None
    values = {"notice": shown, "left": left, "against": tuple(Against), "longest": forms.LONGEST, **form}
    return _private(site.page("publicity/notice.html", NOTICES, status=status, **values))


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
