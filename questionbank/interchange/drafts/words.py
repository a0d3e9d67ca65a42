"""The words that files have for types, difficulties and judgements."""

import re
import unicodedata

from questionbank.kinds import Difficulty, ItemType

_TYPES: dict[ItemType, str] = {
    ItemType.SINGLE_CHOICE: "单选 单项选择 单选择 单选选择 最佳选择 single singlechoice radio",
    ItemType.MULTIPLE_CHOICE: "多选 多项选择 多选择 多选选择 multiple multiplechoice multipleresponse checkbox",
    ItemType.TRUE_FALSE: "判断 是非 对错 正误 判断正误 truefalse true/false judge judgement boolean",
    ItemType.FILL_IN: "填空 填充 fillin fillintheblank blank completion",
    ItemType.NUMERIC: "数值 数字 数值填空 numeric numerical number",
    ItemType.INLINE_CHOICE: "选择填空 下拉 下拉填空 选词填空 完形填空 完型填空 inlinechoice dropdown cloze",
    ItemType.ORDERING: "排序 顺序 order ordering sequence",
    ItemType.MATCHING: "匹配 连线 配对 配伍 match matching",
    ItemType.HOTSPOT: "热点 热区 点图 hotspot",
    ItemType.SHORT_ANSWER: "简答 问答 简述 名词解释 主观 计算 shortanswer short essayshort subjective",
    ItemType.EXTENDED_ANSWER: "论述 作文 写作 分析论述 extendedanswer essay",
    ItemType.COMPOSITE: "案例 案例分析 综合 综合分析 材料 材料分析 资料分析 阅读理解 共用题干 组合 复合 composite case",
}
_EITHER_CHOICE = frozenset(("选择", "不定项", "不定项选择", "单多选", "choice"))
_DIFFICULTIES = {
    Difficulty.EASY: "易 容易 简单 低 较易 easy low 1",
    Difficulty.MEDIUM: "中 中等 一般 适中 medium normal 2",
    Difficulty.HARD: "难 困难 较难 高 hard difficult high 3",
}
_JUDGEMENTS = {
    True: "对 正确 是 真 √ ✓ ✔ ☑ t true y yes right correct a 1 v 对的 正确的",
    False: "错 错误 否 不是 假 不正确 不对 非 × ✗ ✘ ✕ ☒ x f false n no wrong incorrect b 0 错的 错误的",
}
_BRACKETS = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*[)\]】〕>]")
_MEANING = {word: kind for kind, words in _TYPES.items() for word in words.split()}
_SAID = {word: value for value, words in _JUDGEMENTS.items() for word in words.split()}
_LEVELS = {word: level for level, words in _DIFFICULTIES.items() for word in words.split()}


def folded(text: str) -> str:
    """Return the text in half width and small letters, without any white space: how words are compared."""
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text).casefold())


def without_brackets(text: str) -> str:
    """Return folded text without what stands in brackets; text that is nothing else keeps it."""
    return _BRACKETS.sub("", text) or text


def item_type(text: str) -> ItemType | None:
    """Return the type that a word such as 单项选择题（一） names; None for a word of no type, or of either choice."""
    return _MEANING.get(_kernel(text))


def is_either_choice(text: str) -> bool:
    """Whether the word leaves open how many options are right, such as 选择题 and 不定项."""
    return _kernel(text) in _EITHER_CHOICE


def is_type(text: str) -> bool:
    """Whether the word names a type, or leaves only open how many options are right."""
    return item_type(text) is not None or is_either_choice(text)


def difficulty(text: str) -> Difficulty | None:
    """Return the difficulty that the text names, None for any other text."""
    return _LEVELS.get(without_brackets(folded(text)).removesuffix("题"))


def judgement(text: str) -> bool | None:
    """Return what a mark such as 对, ×, T, B or 错误 says, None for any other text."""
    return _SAID.get(folded(text).strip("。.;,()[]【】"))


def _kernel(text: str) -> str:
    word = without_brackets(folded(text)).strip(".:,;、。").replace("_", "").replace("-", "")
    return word.removesuffix("型").removesuffix("题").removesuffix("questions").removesuffix("question")
