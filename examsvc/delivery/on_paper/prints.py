"""A candidate's own paper as it is printed: the order of the screen, the answers so far, nothing of a key. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from examsvc.delivery.answers import Answer
from examsvc.delivery.on_paper import answer_forms, formulas
from questionbank.content.media import MediaKind
from questionbank.kinds import ItemType

Shown = Mapping[str, Any]
TITLES: Final = {
    ItemType.SINGLE_CHOICE: ("单项选择题", "只有一个正确答案：在所选项前的 ○ 内涂满。"),
    ItemType.MULTIPLE_CHOICE: ("多项选择题", "有两个或两个以上正确答案：在所选各项前的 □ 内涂满。"),
    ItemType.TRUE_FALSE: ("判断题", "在“正确”或“错误”前的 ○ 内涂满。"),
    ItemType.FILL_IN: ("填空题", "答案写在题后对应序号的横线上。"),
    ItemType.NUMERIC: ("计算题", "结果写在题后横线上。"),
    ItemType.INLINE_CHOICE: ("选择填空题", "每空选一项：在所选项前的 ○ 内涂满。"),
    ItemType.ORDERING: ("排序题", "把字母按正确的先后顺序写在横线上。"),
    ItemType.MATCHING: ("匹配题", "在每一项后的横线上写对应的字母。"),
    ItemType.HOTSPOT: ("看图标注题", "在图上用 × 标出；网格一格为十。"),
    ItemType.SHORT_ANSWER: ("简答题", "答案写在题后的横线上。"),
    ItemType.EXTENDED_ANSWER: ("论述题", "答案写在题后的横线上。"),
    ItemType.COMPOSITE: ("综合题", "按各小题的要求作答。"),
}


def sections(laid_out: Iterable[Shown], answers: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Return the sections of a paper that `laying_out` has put in order, with what is answered so far."""
    return [
        {
            "title": TITLES[section["type"]][0],
            "note": TITLES[section["type"]][1],
            "questions": [_question(one, answers.get(one["ref"])) for one in section["questions"]],
        }
        for section in laid_out
    ]


def digests(laid_out: Iterable[Shown]) -> set[str]:
    """Return the digests of the pictures that the paper shows."""
    shown = (one for section in laid_out for whole in section["questions"] for one in (whole, *(whole["parts"] or ())))
    return {entry["digest"] for one in shown for entry in _pictures(one)}


def _pictures(shown: Shown) -> list[Shown]:
    media = [entry for entry in shown["media"] if entry["kind"] == MediaKind.PICTURE]
    return media + ([shown["picture"]] if shown["picture"] else [])


def _question(shown: Shown, answer: Answer) -> dict[str, Any]:
    parts, said = shown["parts"] or (), (answer or {}).get("parts") or {}
    return {
        "number": str(shown["number"]),
        **_body(shown, answer),
        "parts": [
            {"number": f"（{place}）", "title": TITLES[part["type"]][0], **_body(part, said.get(part["id"]))}
            for place, part in enumerate(parts, start=1)
        ],
    }


def _body(shown: Shown, answer: Answer) -> dict[str, Any]:
    in_options = {option.get("media") for option in shown["options"] or ()}
    return {
        "points": f"{shown['points'] / 100:g}",
        "stem": formulas.pieces(shown["stem"]),
        "pictures": [
            answer_forms.picture(one)
            for one in _pictures(shown)
            if one["digest"] not in in_options and "width" not in one
        ],
        "recordings": sum(entry["kind"] != MediaKind.PICTURE for entry in shown["media"]),
        "form": answer_forms.printed(shown, answer or {}),
    }
