"""A paper with a question of each type, its answers so far, and what it looks like when it is printed."""

import io
from typing import Any

from items import DIGEST, PLAIN, composite
from PIL import Image

from examsvc.core import canonical, print_pictures, typesetting
from examsvc.delivery import laying_out
from examsvc.delivery.arranging import as_drawn
from examsvc.delivery.on_paper import printing, prints
from examsvc.delivery.questions import PaperForm, question
from questionbank.kinds import ItemType

T = ItemType
FORMULA = (
    r"设 \(R=\frac{U}{I}\)，\(\alpha\ge 30\%\)，求 "
    r"\[\sum_{i=1}^{n} x_i^2 = \sqrt[3]{y}+\left(\begin{matrix}1&2\\3&4\end{matrix}\right)\]"
)
ANSWERS: dict[ItemType, dict[str, Any]] = {
    T.SINGLE_CHOICE: {"choice": "b"},
    T.MULTIPLE_CHOICE: {"choices": ["a", "c"]},
    T.TRUE_FALSE: {"value": True},
    T.FILL_IN: {"blanks": ["少样本提示"]},
    T.NUMERIC: {"text": "31.4"},
    T.INLINE_CHOICE: {"gaps": ["a", None]},
    T.ORDERING: {"order": ["c", "a", "b", "d"]},
    T.MATCHING: {"pairs": {"a": "b"}},
    T.HOTSPOT: {"points": [[320, 250]]},
    T.SHORT_ANSWER: {"text": "先核对来源，再核对数字。\n最后留存记录。"},
    T.EXTENDED_ANSWER: {"text": "论述的开头。"},
    T.COMPOSITE: {"parts": {"p1": {"choice": "b"}}},
}


def form() -> PaperForm:
    contents = {kind: content for kind, (content, _) in PLAIN.items()}
    contents[T.COMPOSITE] = composite(T.SINGLE_CHOICE, T.NUMERIC)[0]
    contents[T.SINGLE_CHOICE] = {**contents[T.SINGLE_CHOICE], "stem": FORMULA}
    return {f"q{place}": question(f"q{place}", kind, 2_50, contents[kind]) for place, kind in enumerate(T, start=1)}


def answers() -> dict[str, Any]:
    return {ref: ANSWERS[one.type] for ref, one in form().items()}


def told(given: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    whole = form()
    shown = laying_out.laid_out(whole, as_drawn(whole.values(), "seed"))
    return prints.sections(shown, answers() if given is None else given)


def set_pdf(sections: list[dict[str, Any]], *, stamp: Any) -> bytes:
    """Set the sections as the paper of one candidate."""
    paper = {
        "name": "𬎆珺", "seat": "02-07", "ticket_number": "S1001", "left": "31 分 05 秒", "since": "09:28:55",
        "answered": 12, "count": 12, "undertaking": True, "sections": sections,
    }  # fmt: skip
    session = {
        "code": "S1",
        "title": "人工智能模型运用第一场",
        "scheme": "人工智能模型运用",
        "organisation": "上海测试有限公司",
    }
    files = {
        "papers.json": canonical.encode({"session": session, "papers": [paper]}),
        "formulas.typ": (printing.TEMPLATES / "formulas.typ").read_bytes(),
        typesetting.MAIN: (printing.TEMPLATES / "papers.typ").read_bytes(),
        f"{DIGEST}.svg": print_pictures.picture_svg(_screen()),
    }
    return printing.Papers(files, stamp, "papers.pdf", ["S1001"]).pdf()


def _screen() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (400, 300), "#d8e2ee").save(packed, "PNG")
    return packed.getvalue()
