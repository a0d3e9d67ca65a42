"""One item of every type that texts can carry."""

from questionbank.interchange.model import ReadItem
from questionbank.kinds import Difficulty, ItemType

T = ItemType
OPTIONS = [{"id": "a", "text": "=1+1"}, {"id": "b", "text": "像素"}, {"id": "c", "text": "笔画"}]
GAP = [{"id": "a", "text": "上升"}, {"id": "b", "text": "下降"}]
MATCHES = [{"id": "1", "text": "文字转写"}, {"id": "2", "text": "边界框"}]
WEIGHTS = {"a": "0.5", "b": "-0.5", "c": "0.5"}
WRITTEN = {"reference": "统一标准。\n减少歧义。", "points": ["标准", "歧义"]}
PARTS = [
    {"id": "p1", "type": "SINGLE_CHOICE", "share": 2, "content": {"stem": "先做什么？", "options": OPTIONS}},
    {"id": "p2", "type": "SHORT_ANSWER", "share": 3, "content": {"stem": "怎样改进？"}},
]
SINGLE = ReadItem(
    "1",
    T.SINGLE_CHOICE,
    {"stem": "图像由什么组成？", "options": OPTIONS, "fixed": ["c"]},
    {"right": ["b"]},
    "见第一章。",
)
MULTIPLE = ReadItem(
    "2", T.MULTIPLE_CHOICE, {"stem": "选两项", "options": OPTIONS}, {"right": ["a", "c"]}, tags=("图像", "基础")
)
PARTIAL = ReadItem(
    "3",
    T.MULTIPLE_CHOICE,
    {"stem": "部分给分", "options": OPTIONS},
    {"right": ["a", "c"], "scoring": {"mode": "MAP", "weights": WEIGHTS, "least": "0"}},
)
JUDGED = ReadItem(
    "4", T.TRUE_FALSE, {"stem": "模型不会出错。"}, {"value": False}, difficulty=Difficulty.EASY, code="P-004"
)
TWO_BLANKS = ReadItem(
    "5", T.FILL_IN, {"stem": "____与____", "blanks": 2}, {"blanks": [["训练", "学习"], ["测试；检验"]]}
)
STRICT_BLANK = ReadItem(
    "6", T.FILL_IN, {"stem": "用 ____ 读取", "blanks": 1}, {"blanks": [["CSV"]], "case_sensitive": True}
)
NUMBER = ReadItem("7", T.NUMERIC, {"stem": "多少？", "unit": "m²"}, {"value": "-1.50", "tolerance": "0.05"}, points="2")
GAPS = ReadItem("8", T.INLINE_CHOICE, {"stem": "先____后____。", "gaps": [GAP, OPTIONS]}, {"gaps": ["b", "a"]})
ORDER = ReadItem("9", T.ORDERING, {"stem": "排序", "options": OPTIONS}, {"order": ["c", "a", "b"], "scoring": "PAIRS"})
PAIRS = ReadItem(
    "10", T.MATCHING, {"stem": "匹配", "options": OPTIONS[:2], "matches": MATCHES}, {"pairs": {"a": "2", "b": "1"}}
)
SHORT = ReadItem("11", T.SHORT_ANSWER, {"stem": "简述规范的作用。"}, WRITTEN)
ESSAY = ReadItem("12", T.EXTENDED_ANSWER, {"stem": "论述", "length": 300}, {"reference": "言之有据。", "points": []})
CASE = ReadItem(
    "13",
    T.COMPOSITE,
    {"stem": "某团队上线一周收到投诉。", "parts": PARTS},
    {"parts": {"p1": {"right": ["a"]}, "p2": {"reference": "引用规则。", "points": []}}},
    points="5",
    work_task="运维",
    knowledge_point="回复核验",
    external_id="x-13",
)
EVERY_TYPE = [
    *(SINGLE, MULTIPLE, PARTIAL, JUDGED, TWO_BLANKS, STRICT_BLANK, NUMBER),
    *(GAPS, ORDER, PAIRS, SHORT, ESSAY, CASE),
]
