"""What the beginning of a line says: a section, an item, a part of one, an option, or a labelled field."""

import re
import unicodedata
from dataclasses import dataclass

from questionbank.interchange.drafts import words

_NUMERAL = "[一二三四五六七八九十百]+"
_SECTION = re.compile(rf"(?:第?{_NUMERAL}(?:部分|大题|[、.．:：])|[(（]{_NUMERAL}[)）])\s*(?P<title>.*)")
_TITLE = re.compile(r"(?P<word>[^(（【\[:：,，。;；\s]{1,12})\s*[:：]?\s*(?P<note>[(（【\[].*)?$")
_EACH = re.compile(r"每[题小]*\s*(\d+(?:\.\d+)?)\s*分")
_REST = r"\s*(?P<rest>.*)"
_DOT = re.compile(rf"(?:第\s*)?(?P<number>\d{{1,4}})\s*(?:[、:：)）]|[.．](?!\d)|题\s*[:：.、]?){_REST}", re.DOTALL)
_BRACKETED = re.compile(rf"[(（]\s*(?P<number>\d{{1,3}})\s*[)）]{_REST}", re.DOTALL)
_CIRCLED = re.compile(rf"(?P<number>[①-⑳]){_REST}", re.DOTALL)
_NAMED = re.compile(
    rf"(?:问题|小题|第)\s*(?P<number>\d{{1,2}}|[一二三四五六七八九十])\s*[问.、:：)）]?\s*[:：]?{_REST}", re.DOTALL
)
_CASE = re.compile(
    rf"【?(?:案例|材料|背景|情境)(?:资料|分析|材料)?\s*(?:{_NUMERAL}|\d{{1,3}})?\s*】?\s*(?:[:：、.．]|(?<=】)|$){_REST}",
    re.DOTALL,
)
_LABELS = {
    "answer": "正确答案 参考答案 标准答案 答案 本题答案 答",
    "explanation": "答案解析 试题解析 解析 分析 详解 解答",
    "difficulty": "难度 难易度 难易程度 难度系数",
    "knowledge_point": "知识点 考点 考查点 鉴定点 所属知识点",
    "work_task": "工作任务",
    "points": "分值 分数",
    "type": "题型 题目类型",
    "tags": "标签 关键词",
    "chapter": "章节",
    "outline": "得分点 采分点 评分标准 评分要点",
    "code": "试题编码 题目编号 编码",
}
_FIELDS = {word: field for field, words_ in _LABELS.items() for word in words_.split()}
_ANY_LABEL = "|".join(sorted(_FIELDS, key=len, reverse=True))
_LABEL = re.compile(
    rf"[【\[]\s*(?P<boxed>{_ANY_LABEL})\s*[】\]]\s*[:：]?"
    rf"|(?:^|(?<=\s))(?P<plain>{_ANY_LABEL})\s*[:：]"
    r"|^(?P<bare>答案)\s+(?=[A-Za-z对错正√×])"
)


@dataclass(frozen=True)
class Section:
    """A heading: the word for the type of the items below, and what each is worth."""

    type: str
    points: str = ""


@dataclass(frozen=True)
class Start:
    """The start of an item or a part: `style` tells how it is numbered."""

    style: str
    number: int
    rest: str


def section(line: str) -> Section | None:
    """Return the section that a line such as 一、单项选择题（每题2分，共20分） begins."""
    text = line.strip()
    numbered = _SECTION.fullmatch(text)
    title = _TITLE.fullmatch(numbered["title"].strip() if numbered else text)
    if not title or not words.is_type(title["word"]) or (not numbered and not title["word"].endswith("题")):
        return None
    each = _EACH.search(title["note"] or "")
    return Section(title["word"], each[1] if each else "")


def start(line: str) -> Start | None:
    """Return the number that begins the line: 1. and 第1题 are "dot", （1） "bracket", ① "circle", 问题1 "named"."""
    text = line.strip()
    for style, pattern in (("dot", _DOT), ("bracket", _BRACKETED), ("circle", _CIRCLED), ("named", _NAMED)):
        if found := pattern.fullmatch(text):
            return Start(style, _number(found["number"]), found["rest"].strip())
    return None


def _number(text: str) -> int:
    return int(unicodedata.numeric(text)) if len(text) == 1 else int(text)


def case(line: str) -> str | None:
    """Return what follows a mark such as 案例一：; None when the line has none."""
    found = _CASE.fullmatch(line.strip())
    return found["rest"].strip() if found else None


def labelled(line: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands before the first label, and the fields with their texts: 【答案】B 难度：易."""
    found = list(_LABEL.finditer(line))
    if not found:
        return line, []
    ends = [label.start() for label in found[1:]] + [len(line)]
    texts = [line[label.end() : end].strip() for label, end in zip(found, ends, strict=True)]
    names = [_FIELDS[label["boxed"] or label["plain"] or label["bare"]] for label in found]
    return line[: found[0].start()].strip(), list(zip(names, texts, strict=True))
