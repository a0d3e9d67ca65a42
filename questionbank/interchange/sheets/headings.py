"""What the heading of a column means: the words for each field, and the codes that a heading itself explains."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from questionbank.interchange.drafts import words
from questionbank.kinds import ItemType


class Field(StrEnum):
    """A column's meaning; a saved mapping names it by its value. An option's column is option_a … option_z."""

    NUMBER = "number"
    TYPE = "type"
    STEM = "stem"
    PART_TYPE = "part_type"
    PART_STEM = "part_stem"
    GROUP = "group"
    OPTIONS = "options"
    OPTION_TEXT = "option_text"
    OPTION_RIGHT = "option_right"
    OPTION_COUNT = "option_count"
    MATCHES = "matches"
    GAPS = "gaps"
    ANSWER = "answer"
    SCORING = "scoring"
    FIXED = "fixed"
    TOLERANCE = "tolerance"
    UNIT = "unit"
    OUTLINE = "outline"
    LENGTH = "length"
    EXPLANATION = "explanation"
    DIFFICULTY = "difficulty"
    WORK_TASK = "work_task"
    KNOWLEDGE_POINT = "knowledge_point"
    CHAPTER = "chapter"
    TAGS = "tags"
    POINTS = "points"
    CODE = "code"
    EXTERNAL_ID = "external_id"
    REASON = "reason"


IGNORED = ""
_WORDS: dict[Field, str] = {
    Field.NUMBER: "序号 题号 编号 no no. 题目序号 number #",
    Field.TYPE: "题型 题目类型 试题类型 类型 题类 type questiontype itemtype",
    Field.STEM: "题干 题目 题目内容 试题 试题内容 题干内容 问题 试题题干 大题题干 stem question questiontext content",
    Field.PART_TYPE: "小题题型 小题类型 parttype",
    Field.PART_STEM: "小题题干 小题题目 partstem",
    Field.GROUP: "案例组号 组号 案例编号 题组 材料编号 group case",
    Field.OPTIONS: "选项 选项内容集 备选项 备选答案 答案选项 候选项 options choices",
    Field.OPTION_TEXT: "选项内容",
    Field.OPTION_RIGHT: "是否正确项 是否正确 是否答案 是否正确答案",
    Field.OPTION_COUNT: "选项数 选项个数 选项数量",
    Field.MATCHES: "匹配项 配对项 右侧选项 matches",
    Field.GAPS: "各空选项 空选项 gaps",
    Field.ANSWER: "答案 正确答案 参考答案 标准答案 试题答案 正确选项 answer key correctanswer rightanswer",
    Field.SCORING: "计分方式 评分方式 scoring",
    Field.FIXED: "固定选项 固定位置 fixed",
    Field.TOLERANCE: "误差 允许误差 容差 tolerance",
    Field.UNIT: "单位 unit",
    Field.OUTLINE: "得分点 采分点 评分要点 要点 outline",
    Field.LENGTH: "字数 建议字数 length",
    Field.EXPLANATION: "解析 答案解析 试题解析 题目解析 整体解析 详解 说明 explanation analysis rationale",
    Field.DIFFICULTY: "难度 难易度 难易程度 难度等级 试题难度 难度系数 difficulty level",
    Field.WORK_TASK: "工作任务 职业功能 worktask",
    Field.KNOWLEDGE_POINT: "知识点 考点 鉴定点 考核点 所属知识点 知识点名称 knowledgepoint",
    Field.CHAPTER: "章节 目录 所属章节 所属题库 章 分类 题目分类 chapter category",
    Field.TAGS: "标签 关键字 关键词 tags",
    Field.POINTS: "分值 分数 得分 题目分值 每题分值 points score",
    Field.CODE: "题目编号 试题编号 题目编码 试题编码 代码 code",
    Field.EXTERNAL_ID: "外部编号 外部id externalid 题目id 试题id",
    Field.REASON: "错误原因 导入结果 失败原因",
}
_MEANING = {word: field.value for field, words_ in _WORDS.items() for word in words_.split()}
_OPTION = re.compile(r"(?:(?:备选)?(?:选项|答案)|option|choice)[_-]?([a-z]|\d{1,2})|([a-j])(?:选项|项)?")
_CODED = re.compile(r"(\d{1,2})\s*[-=:.、]?\s*([^\d,;，；、()]+)")


def meaning(heading: str) -> str:
    """Return the field that a heading such as "选项 E(勿删)" or "答案（多选用逗号）" means; IGNORED for none.

    Of a heading in two languages the first line counts.
    """
    return _of_word(heading) or _of_word(heading.strip().partition("\n")[0])


def _of_word(heading: str) -> str:
    word = words.without_brackets(words.folded(heading)).strip("*:.。 ")
    if option := _OPTION.fullmatch(word):
        mark = option[1] or option[2]
        return f"option_{chr(ord('a') + int(mark) - 1) if mark.isdigit() and int(mark) else mark}"
    return _MEANING.get(word, IGNORED)


def meanings(headings: Sequence[str], mapping: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the fields of the columns: by the mapping where there is one, else by their words, each field once."""
    if mapping is not None:
        saved = {words.folded(heading): field for heading, field in mapping.items()}
        return tuple(saved.get(words.folded(heading), IGNORED) if heading else IGNORED for heading in headings)
    found: list[str] = []
    for heading in headings:
        field = meaning(heading)
        found.append(field if field not in found else IGNORED)
    return _one_stem(tuple(found))


def _one_stem(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Take a lone 编号 or 选项内容 for what it is in a table of one row per item."""
    if Field.OPTION_TEXT in fields and Field.OPTION_RIGHT not in fields:
        return tuple(Field.OPTIONS.value if field == Field.OPTION_TEXT else field for field in fields)
    return fields


def type_codes(heading: str) -> dict[str, ItemType]:
    """Return the types by the codes that the heading explains, as 题型（0单选，1判断，2多选） does."""
    _, _, inside = words.folded(heading).partition("(")
    told = {code: words.item_type(word) for code, word in _CODED.findall(inside.rstrip(")"))}
    return {code: kind for code, kind in told.items() if kind}


def is_field(name: str) -> bool:
    """Whether a mapping may name the field; "" leaves a column out."""
    return not name or name in list(Field) or re.fullmatch(r"option_[a-z]", name) is not None
