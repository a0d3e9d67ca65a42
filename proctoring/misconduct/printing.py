"""The ruling as a document 违纪违规处理决定书: person, facts, evidence, basis, result, remedy, issuer and date."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import canonical, fonts, typesetting
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get
from examsvc.delivery import identity_documents, identity_numbers
from examsvc.delivery.manuscripts import Printed
from examsvc.delivery.models import Candidate, Enrolment
from proctoring.misconduct import views, words
from proctoring.misconduct.classes import CLASSES, REGULATION
from proctoring.misconduct.errors import RulingCannotBePrinted
from proctoring.misconduct.models import MisconductRecord, MisconductRuling
from proctoring.misconduct.states import SignerKind

TEMPLATE: Final = Path(__file__).parent / "templates" / "ruling.typ"


def print_ruling(db: Session, ruling_id: UUID) -> Printed:
    """Return the ruling's PDF, dated when it was made; raises NotFound, RulingCannotBePrinted."""
    ruling = get(db, MisconductRuling, ruling_id)
    told = canonical.encode(_told(db, ruling))
    files = {typesetting.MAIN: TEMPLATE.read_bytes(), "told.json": told}
    try:
        typesetting.check_drawable(told.decode())
        pdf = typesetting.typesetter(fonts.folders()).pdf(files, stamp=ruling.decided_at)
    except typesetting.CannotBeTypeset as error:
        raise RulingCannotBePrinted(reason=str(error)) from error
    return Printed(pdf, f"处理决定书-{ruling.number}.pdf")


def _told(db: Session, ruling: MisconductRuling) -> dict[str, Any]:
    record = ruling.record
    enrolment = record.sitting.enrolment
    return {
        "title": "违纪违规处理决定书",
        "number": f"编号：{ruling.number}",
        "organisation": enrolment.exam_session.filing.organisation.name,
        "person": _person(enrolment),
        "facts": {"title": "一、事实和证据", "lines": _facts(record)},
        "sections": [{"title": title, "lines": lines} for title, lines in _sections(ruling)],
        "evidence_heads": ["类型", "时间（北京时间）", "内容", "摘要（SHA-256 前 16 位）"],
        "evidence": _evidence(db, record),
        "decided_on": words.day(shanghai_date(ruling.decided_at)),
        "service": _service(ruling),
        "note": "本决定所依据的违纪记录的内容摘要（SHA-256）：",
        "digest": ruling.record_digest,
        "revoked": _revoked(ruling),
    }


def _person(enrolment: Enrolment) -> list[str]:
    exam_session, candidate = enrolment.exam_session, enrolment.candidate
    return [
        *("姓名", candidate.name, "准考证号", enrolment.ticket_number),
        *_document(candidate),
        *("座位", enrolment.seat_label),
        *("考核项目", exam_session.filing.specification.scheme.name, "场次", exam_session.code),
        *("考核机构", exam_session.filing.organisation.name, "考核地点", exam_session.place),
    ]


def _document(candidate: Candidate) -> tuple[str, str]:
    title = identity_documents.TITLES[identity_documents.DocumentType(candidate.document_type)]
    return title, identity_numbers.masked(identity_numbers.unseal(candidate.identity_sealed))


def _facts(record: MisconductRecord) -> list[str]:
    found = f"经查，你于{words.minute(record.happened_at)}在{record.place}参加考核时："
    return [found, *record.facts.splitlines()]


def _sections(ruling: MisconductRuling) -> list[tuple[str, list[str]]]:
    record = ruling.record
    rule = CLASSES[record.kind]
    return [
        ("二、陈述申辩与签名", [*_statements(record), *_signatures(record), *_checked(ruling)]),
        ("三、理由和依据", [*ruling.grounds.splitlines(), f"{REGULATION}{rule.article}（{rule.title}）。"]),
        ("四、处理决定", [words.consequence(ruling.consequence, ruling.subject)]),
        ("五、救济途径和期限", [*ruling.remedy.splitlines(), *_until(ruling)]),
    ]


def _statements(record: MisconductRecord) -> list[str]:
    return [
        f"{words.minute(one.given_at)}，" + ("经询问，你未作陈述。" if one.declined else f"你陈述：{one.text}")
        for one in record.statements
    ]


def _signatures(record: MisconductRecord) -> list[str]:
    if any(one.signer == SignerKind.CANDIDATE for one in record.signatures):
        return ["上述内容已告知，你已签名确认知悉。"]
    names = "、".join(one.account.display_name for one in record.signatures)
    return [f"上述内容已告知，你拒绝签名，由两名考核工作人员（{names}）签名证明。"]


def _checked(ruling: MisconductRuling) -> list[str]:
    return [f"对陈述申辩的核查：{ruling.hearing}"] if ruling.hearing else []


def _until(ruling: MisconductRuling) -> list[str]:
    return [f"申请复核的最后日期：{words.day(ruling.remedy_until_on)}。"] if ruling.remedy_until_on else []


def _evidence(db: Session, record: MisconductRecord) -> list[list[str]]:
    return [
        [
            words.EVIDENCE[one["kind"]],
            words.second(one["at"]),
            "：".join(part for part in (words.WHAT.get(one["what"], one["what"]), one["text"]) if part),
            one["digest"][:16],
        ]
        for one in (views.evidence(db, link) for link in record.evidence)
    ]


def _service(ruling: MisconductRuling) -> list[list[str]]:
    if ruling.served_on is None or ruling.service is None:
        return [["送达方式", ""], ["送达日期", ""], ["受送达人签名", ""]]
    served = [["送达方式", words.SERVICE[ruling.service]], ["送达日期", words.day(ruling.served_on)]]
    return [*served, ["受送达人签名", ""]]


def _revoked(ruling: MisconductRuling) -> str | None:
    return f"本决定已于{words.day(shanghai_date(ruling.revoked_at))}撤销。" if ruling.revoked_at else None
