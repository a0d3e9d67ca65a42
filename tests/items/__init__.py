"""Items for tests. Here a sound wording of every type, as an author would write it: {type: (content, key)}.

`every_type` has an item of each with all that it may carry, `in_texts` what a plain table or text can carry.
"""

import io
from typing import Any

from PIL import Image

from questionbank.content import options_of
from questionbank.kinds import ItemType

Wording = tuple[dict[str, Any], dict[str, Any]]
T = ItemType
DIGEST = "5f" * 32
PICTURE = {"digest": DIGEST, "media_type": "image/png", "width": 400, "height": 300, "alt": "操作界面截图"}
"""What the wordings say of a picture; the digest is another once a bank keeps it."""
FOUR = options_of(["甲", "乙", "丙", "丁"])
STEPS = options_of(["明确任务", "撰写提示词", "核对输出", "留存记录"])

PLAIN: dict[ItemType, Wording] = {
    T.SINGLE_CHOICE: ({"stem": "选一项", "options": FOUR}, {"right": ["b"]}),
    T.MULTIPLE_CHOICE: (
        {"stem": "选几项", "options": FOUR, "fixed": ["d"]},
        {"right": ["a", "c"], "scoring": {"mode": "MAP", "weights": {"a": "0.7", "c": "0.3", "b": "-0.45"}}},
    ),
    T.TRUE_FALSE: ({"stem": "对吗"}, {"value": True}),
    T.FILL_IN: ({"stem": "填____", "blanks": 1}, {"blanks": [["少样本提示"]], "case_sensitive": True}),
    T.NUMERIC: ({"stem": "算", "unit": "元"}, {"value": "31.41", "tolerance": "0.059"}),
    T.INLINE_CHOICE: (
        {"stem": "先____后____", "gaps": [options_of(["检索", "训练"]), options_of(["生成", "删除", "标注"])]},
        {"gaps": ["a", "c"]},
    ),
    T.ORDERING: ({"stem": "排序", "options": STEPS}, {"order": ["a", "b", "c", "d"], "scoring": "PAIRS"}),
    T.MATCHING: (
        {
            "stem": "配对",
            "options": options_of(["温度", "上下文"]),
            "matches": options_of(["随机程度", "可读长度", "价格"]),
        },
        {"pairs": {"a": "a", "b": "b"}},
    ),
    T.HOTSPOT: (
        {"stem": "标出“发送”按钮", "picture": PICTURE, "points": 1},
        {"areas": [{"shape": "RECT", "coords": [317, 241, 389, 283]}]},
    ),
    T.SHORT_ANSWER: ({"stem": "简述"}, {"reference": "参考要点一", "points": ["得分点甲"]}),
    T.EXTENDED_ANSWER: ({"stem": "论述", "length": 800}, {"reference": "参考要点二", "points": ["得分点乙"]}),
}


def composite(*kinds: ItemType) -> Wording:
    """Return a composite with a part of each of the types, of shares 1, 2, 3…"""
    named = [(f"p{number}", kind) for number, kind in enumerate(kinds, start=1)]
    parts = [
        {"id": part_id, "type": str(kind), "share": share, "content": PLAIN[kind][0]}
        for share, (part_id, kind) in enumerate(named, start=1)
    ]
    return {"stem": "阅读案例", "parts": parts}, {"parts": {part_id: PLAIN[kind][1] for part_id, kind in named}}


MACHINE_SCORED = [kind for kind in PLAIN if not kind.is_written]
WORDINGS: dict[ItemType, Wording] = {**PLAIN, T.COMPOSITE: composite(*MACHINE_SCORED)}


def picture_file() -> bytes:
    """Return the picture that the wordings speak of."""
    file = io.BytesIO()
    Image.new("L", (PICTURE["width"], PICTURE["height"]), "white").save(file, "PNG")
    return file.getvalue()
