"""An item of every type, with all that a type may carry, as a bank would hand it to a writer."""

import hashlib
import io
from typing import Any

from PIL import Image

from questionbank.content import lettered
from questionbank.interchange.model import Medium, ReadItem
from questionbank.kinds import Difficulty, ItemType


def picture(colour: str, width: int = 64, height: int = 48) -> Medium:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return _medium("image/png", out.getvalue())


def sound() -> Medium:
    return _medium("audio/mpeg", b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(64))


def _medium(media_type: str, data: bytes) -> Medium:
    return Medium(hashlib.sha256(data).hexdigest(), media_type, data)


GAUGE, GREEN, RED, SOUND = picture("white", 400, 300), picture("green"), picture("red"), sound()


def shown(medium: Medium, alt: str = "", **more: Any) -> dict[str, Any]:
    kind = {"image": "PICTURE", "audio": "AUDIO", "video": "VIDEO"}[medium.media_type.partition("/")[0]]
    return {"digest": medium.digest, "kind": kind, "media_type": medium.media_type, "alt": alt, **more}


def options(*texts: str) -> list[dict[str, Any]]:
    return [{"id": letter, "text": text} for letter, text in zip("abcdefgh", texts, strict=False)]


SINGLE = (
    {
        "stem": "触电者脱离电源后没有呼吸，首先应当怎样做？\n（只选一项）",
        "options": options("打开气道并做人工呼吸", "喂水", "等待医生到来", "以上都不对"),
        "fixed": ["d"],
    },
    {"right": ["a"]},
)
MULTIPLE = (
    {"stem": "下列哪些属于绝缘安全用具？", "options": options("绝缘手套", "绝缘靴", "标示牌", "验电器")},
    {"right": ["a", "b", "d"]},
)
WEIGHTED = (
    {"stem": "Which of these are primes?", "options": options("2", "3", "4", "9")},
    {
        "right": ["a", "b"],
        "scoring": {"mode": "MAP", "weights": {"a": "0.5", "b": "0.5", "c": "-0.25", "d": "-0.25"}, "least": "0"},
    },
)
TRUE_FALSE = ({"stem": "安全电压的上限在任何条件下都是 36 V。"}, {"value": False})
FILL_IN = (
    {"stem": "我国工频交流电的频率是 ____ Hz，周期是 ____ s。", "blanks": 2},
    {"blanks": [["50", "五十"], ["0.02", ".02"]]},
)
SENSITIVE = ({"stem": "The symbol of sodium is ____.", "blanks": 1}, {"blanks": [["Na"]], "case_sensitive": True})
NUMERIC = (
    {"stem": "电阻 \\(R=10\\,\\Omega\\) 两端的电压为 24 V，电流是多少？", "unit": "A"},
    {"value": "2.40", "tolerance": "0.05"},
)
INLINE = (
    {
        "stem": "电流方向由 ____ 极流向 ____ 极。",
        "gaps": [options("正", "负"), options("正", "负", "不确定 \\(x\\)")],
    },
    {"gaps": ["a", "b"]},
)
ORDERING = (
    {"stem": "把停电检修的步骤排好顺序。", "options": options("挂接地线", "停电", "验电", "悬挂标示牌")},
    {"order": ["b", "c", "a", "d"]},
)
BY_PAIRS = (
    {"stem": "Put the numbers in order.", "options": options("3", "1", "2")},
    {"order": ["b", "c", "a"], "scoring": "PAIRS"},
)
MATCHING = (
    {
        "stem": "把物理量与单位配对。",
        "options": options("电压", "电流", "电阻"),
        "matches": options("安培", "伏特", "欧姆", "瓦特"),
    },
    {"pairs": {"a": "b", "b": "a", "c": "c"}},
)
EXACT_MATCHING = (
    {"stem": "Match.", "options": options("dog", "cat"), "matches": options("animal", "plant")},
    {"pairs": {"a": "a", "b": "a"}, "scoring": "EXACT"},
)
HOTSPOT = (
    {
        "stem": "在图上标出压力表和泄压阀。",
        "picture": {
            "digest": GAUGE.digest,
            "media_type": "image/png",
            "width": 400,
            "height": 300,
            "alt": "锅炉房控制面板",
        },
        "points": 3,
    },
    {
        "areas": [
            {"shape": "RECT", "coords": [10, 20, 60, 80]},
            {"shape": "CIRCLE", "coords": [200, 150, 25]},
            {"shape": "POLYGON", "coords": [300, 10, 390, 10, 350, 90]},
        ]
    },
)
SHORT = (
    {"stem": "简述触电急救的原则。"},
    {"reference": "迅速、就地、准确、坚持。\n先断电，后救人。", "points": ["迅速脱离电源", "就地抢救"]},
)
EXTENDED = (
    {"stem": "论述变压器并联运行的条件：\\[\\frac{U_1}{U_2}=k\\]", "length": 800},
    {"reference": "变比相等、连接组别相同、短路阻抗标幺值相等。", "points": []},
)
SHOWING = (
    {
        "stem": "听录音并看图，哪一盏灯亮着？",
        "options": [
            {"id": "a", "text": "绿灯", "media": GREEN.digest},
            {"id": "b", "text": "红灯", "media": RED.digest},
        ],
        "media": [
            shown(GAUGE, "控制面板"),
            shown(SOUND, "现场录音", plays=2),
            shown(GREEN, "绿色指示灯"),
            shown(RED, "红色指示灯"),
        ],
    },
    {"right": ["b"]},
)
_PARTS = {
    "p1": (ItemType.SINGLE_CHOICE, 2, SINGLE),
    "p2": (ItemType.MULTIPLE_CHOICE, 4, WEIGHTED),
    "p3": (ItemType.TRUE_FALSE, 2, TRUE_FALSE),
    "p4": (ItemType.FILL_IN, 3, FILL_IN),
    "p5": (ItemType.NUMERIC, 1, NUMERIC),
    "p6": (ItemType.INLINE_CHOICE, 1, INLINE),
    "p7": (ItemType.ORDERING, 2, ORDERING),
    "p8": (ItemType.MATCHING, 3, MATCHING),
    "p9": (ItemType.HOTSPOT, 3, HOTSPOT),
    "p10": (ItemType.SHORT_ANSWER, 6, SHORT),
    "p11": (ItemType.EXTENDED_ANSWER, 10, EXTENDED),
    "p12": (ItemType.SINGLE_CHOICE, 1, SHOWING),
}
COMPOSITE = (
    {
        "stem": "某配电室发生跳闸。\n\n值班员到场后发现 10 kV 进线断路器处于分位。",
        "parts": [
            {"id": one, "type": kind.value, "share": share, "content": content}
            for one, (kind, share, (content, _)) in _PARTS.items()
        ],
        "media": [shown(GREEN, "现场照片")],
    },
    {"parts": {one: key for one, (_, _, (_, key)) in _PARTS.items()}},
)
_BARE = {
    "single": (ItemType.SINGLE_CHOICE, SINGLE),
    "multiple": (ItemType.MULTIPLE_CHOICE, MULTIPLE),
    "weighted": (ItemType.MULTIPLE_CHOICE, WEIGHTED),
    "true-false": (ItemType.TRUE_FALSE, TRUE_FALSE),
    "fill-in": (ItemType.FILL_IN, FILL_IN),
    "sensitive": (ItemType.FILL_IN, SENSITIVE),
    "numeric": (ItemType.NUMERIC, NUMERIC),
    "inline": (ItemType.INLINE_CHOICE, INLINE),
    "ordering": (ItemType.ORDERING, ORDERING),
    "by-pairs": (ItemType.ORDERING, BY_PAIRS),
    "matching": (ItemType.MATCHING, MATCHING),
    "exact-matching": (ItemType.MATCHING, EXACT_MATCHING),
    "hotspot": (ItemType.HOTSPOT, HOTSPOT),
    "short": (ItemType.SHORT_ANSWER, SHORT),
    "extended": (ItemType.EXTENDED_ANSWER, EXTENDED),
    "showing": (ItemType.SINGLE_CHOICE, SHOWING),
    "composite": (ItemType.COMPOSITE, COMPOSITE),
}
_MEDIA = {
    "hotspot": (GAUGE,),
    "showing": (GAUGE, SOUND, GREEN, RED),
    "composite": (GREEN, GAUGE, SOUND, RED),
}


def items(points: str = "") -> list[ReadItem]:
    """Return the items, each with everything that may be told of it."""
    return [
        ReadItem(
            where=name,
            type=kind,
            content=content,
            key=key,
            explanation="依据《电业安全工作规程》。\n参见第 3 章：\\(U=IR\\)。",
            code=f"DL-{number:03}",
            external_id=name,
            difficulty=list(Difficulty)[number % 3],
            work_task="停电检修",
            knowledge_point="触电急救",
            tags=("安全", "2026 修订"),
            points=points,
            media=_MEDIA.get(name, ()),
            extras={"source": "行业规程", "year": 2026},
        )
        for number, (name, (kind, asked)) in enumerate(_BARE.items(), 1)
        for content, key in [lettered(kind, *asked)]
    ]
