"""The reconciliation as a signed document 核对报告."""

from pathlib import Path
from typing import Any, Final

from examsvc.core import canonical, typesetting
from examsvc.core.clock import SHANGHAI
from examsvc.delivery.reconciling.counting import Difference
from examsvc.delivery.reconciling.reconciliation import Named, Reconciliation
from examsvc.delivery.reconciling.sums import Sum

_TEMPLATE: Final = Path(__file__).parent / "templates" / "reconciliation.typ"
_HEADS: Final = (
    "考场",
    "开考人数",
    "已报告",
    "确认行数",
    "入库行数",
    "本机行数",
    "补录行数",
    "纸卷行数",
    "迟到行数",
    "丢失行数",
)
_DIFFERENCE_HEADS: Final = ("考场", "座位", "准考证号", "考生", "差异", "轮次", "确认/入库", "本机")
_KINDS: Final = {
    Difference.LOST: "已确认的作答没有入库",
    Difference.ALTERED: "入库作答与回执不一致",
    Difference.UNPROVEN: "页面自称已确认而没有入库，无签名回执证明",
    Difference.UNDELIVERED: "本机有作答没有按时送达",
    Difference.UNREPORTED: "考试页面没有报告",
    Difference.BEYOND_REPORT: "入库多于考试页面的最后一次报告",
    Difference.HANDED_OVER: "已换机，原机无法报告",
    Difference.UNCONFIRMED: "作答已入库，确认没有送达考试页面",
    Difference.TAKEN_OVER: "迟到作答，由考核机构补录",
    Difference.ON_PAPER: "纸笔续考，由试卷录入",
    Difference.PAPER_OPEN: "纸笔续考，试卷还没有入库",
}
_NOTES: Final = (
    "确认行数：考试页面出示的服务器签名回执所载；页面报告的已确认行数只计到已入库的为止，超出的没有回执证明，列入差异表，不计为丢失。",
    "入库行数：已保存的作答，不含考核机构补录的和由纸卷录入的。",
    "本机行数：考试页面写入本机的作答。",
    "三者相等即无丢失；不等的逐人、逐轮次列入差异表；签名回执所载多于入库为丢失，必须为 0。",
    "每次修改记一行，同一题的多次修改各记一行。",
)


def pdf(found: Reconciliation, font_paths: tuple[Path, ...]) -> bytes:
    """Return the document, dated when the reconciliation was made; raises CannotBeTypeset."""
    files = {typesetting.MAIN: _TEMPLATE.read_bytes(), "told.json": canonical.encode(_told(found))}
    return typesetting.typesetter(tuple(font_paths)).pdf(files, stamp=found.made_at)


def verdict(lost: int, unproven: int, *, is_whole: bool) -> str:
    """Return the document's first sentence: what a page only says makes no loss of it."""
    said = f"丢失：{lost} 行" + ("，已确认的作答全部入库。" if is_whole else "，请立即核查下列差异。")
    return said + (f"另有 {unproven} 行仅由页面自称已确认，没有签名回执证明，见差异表。" if unproven else "")


def _told(found: Reconciliation) -> dict[str, Any]:
    session, lost = found.exam_session, found.total.lost
    made = found.made_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    is_whole = lost == 0 and all(named.found.kind != Difference.ALTERED for named in found.differences)
    return {
        "title": "作答核对报告",
        "subject": f"{session.title}（{session.code}，{session.place}），生成时间 {made}（北京时间）",
        "is_whole": is_whole,
        "verdict": verdict(lost, found.total.unproven, is_whole=is_whole),
        "rooms_title": "按考场核对",
        "heads": list(_HEADS),
        "rooms": [_room(each, each.room) for each in found.rooms] + [_room(found.total, "合计")],
        "differences_title": f"差异（{len(found.differences)}）",
        "difference_heads": list(_DIFFERENCE_HEADS),
        "differences": [_difference(named) for named in found.differences],
        "none": "没有差异。",
        "notes": list(_NOTES),
        "signature": f"Ed25519 {found.key_id} {found.signature}",
    }


def _room(each: Sum, room: str) -> list[str]:
    numbers = (
        each.opened, each.reported, each.acknowledged, each.stored, each.written, each.taken_over, each.on_paper,
        each.late, each.lost,
    )  # fmt: skip
    return [room, *(str(number) for number in numbers)]


def _difference(named: Named) -> list[str]:
    enrolment, found = named.enrolment, named.found
    return [
        named.room,
        enrolment.seat_label,
        enrolment.ticket_number,
        enrolment.candidate.name,
        _KINDS[found.kind],
        str(found.epoch or "–"),
        f"{found.acknowledged} / {found.stored}",
        str(found.written),
    ]
