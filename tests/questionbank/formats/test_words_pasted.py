"""Papers as people paste them, with the conventions of Chinese item writers."""

from pathlib import Path

import pytest
from itemfiles import Told, texts_of, told

from questionbank.interchange.sniffing import sniff
from questionbank.interchange.words.reading import read_pasted, read_text
from questionbank.kinds import Difficulty, ItemType

T = ItemType


def read(text: str) -> Told:
    return told(read_text(text))


PAPER = """人工智能应用理论试卷

一、单项选择题（每题2分，共4分）
1. 撰写提示词时，最先应当写明的是（ A ）。
A. 任务   B. 字体
C. 颜色   D. 版本
【解析】任务不明，其余便无从谈起。
【难度】易
【知识点】提示词
2、标注之前首先要（  ）
A、开工 B、阅读规范 C、质检
答案：B

二、多项选择题
1．入库之前应当做的检查有：（3分）
A．抽样复核
B．格式校验
C．删除样本
【答案】A、B 【解析】样本不能删除。

三、判断题
（1）含有个人信息的数据应当先脱敏。（√）
（2）模型不会出错。
正确答案：错误

四、填空题
1. 数据集分为____集、验证集和____集。
答案：训练；测试|检验

五、简答题
1. 简述标注规范的作用。（6分）
参考答案：
1. 统一标准；
2. 减少歧义。
得分点：统一标准；减少歧义
2. 什么是脱敏？
答：去掉能认出个人的信息。
"""


def test_a_paper_in_sections_is_read_with_all_its_marks() -> None:
    seen = read(PAPER)
    assert not seen.errors
    assert [item.type for item in seen.items] == [
        *(T.SINGLE_CHOICE, T.SINGLE_CHOICE, T.MULTIPLE_CHOICE, T.TRUE_FALSE, T.TRUE_FALSE),
        *(T.FILL_IN, T.SHORT_ANSWER, T.SHORT_ANSWER),
    ]
    first, second, multiple, judged, false, filled, short, last = seen.items
    assert first.content["stem"] == "撰写提示词时，最先应当写明的是（　）。"
    assert texts_of(first) == ["任务", "字体", "颜色", "版本"]
    assert (first.key, first.points, first.difficulty) == ({"right": ["a"]}, "2", Difficulty.EASY)
    assert (first.explanation, first.knowledge_point) == ("任务不明，其余便无从谈起。", "提示词")
    assert (second.key, second.where) == ({"right": ["b"]}, "¶10")
    assert (multiple.key, multiple.points) == ({"right": ["a", "b"]}, "3")
    assert multiple.content["stem"] == "入库之前应当做的检查有："
    assert multiple.explanation == "样本不能删除。"
    assert (judged.content["stem"], judged.key) == ("含有个人信息的数据应当先脱敏。", {"value": True})
    assert false.key == {"value": False}
    assert filled.key == {"blanks": [["训练"], ["测试", "检验"]]}
    assert short.key == {"reference": "1. 统一标准；\n2. 减少歧义。", "points": ["统一标准", "减少歧义"]}
    assert (short.content["stem"], short.points) == ("简述标注规范的作用。", "6")
    assert last.key["reference"] == "去掉能认出个人的信息。"


def test_what_belongs_to_no_item_and_what_is_ambiguous_is_said_with_its_line() -> None:
    seen = read(PAPER)
    assert [(problem.where, problem.code) for problem in seen.warnings] == [
        ("¶1", "text_passed"),
        ("¶34", "numbering_ambiguous"),
    ]


def test_the_type_is_told_by_the_form_where_no_heading_tells_it() -> None:
    seen = read("""
1. 图像由什么组成？
A. 像素
B. 笔画
答案：A
2. 哪些是文本任务？
A. 分词 B. 检测 C. 实体识别
答案：AC
3. 模型不会出错。
答案：×
4. 图像分割给每个（  ）一个类别。
答案：像素
5. 什么是标注？
答案：给数据加上标签。
6. [多选题] 哪些要脱敏？
A. 姓名 B. 天气 C. 电话
答案：A,C
""")
    assert [item.type for item in seen.items] == [
        *(T.SINGLE_CHOICE, T.MULTIPLE_CHOICE, T.TRUE_FALSE, T.FILL_IN, T.SHORT_ANSWER, T.MULTIPLE_CHOICE),
    ]
    assert [problem.code for problem in seen.warnings] == ["type_guessed", "type_guessed"]
    assert seen.items[5].content["stem"] == "哪些要脱敏？"


def test_a_case_has_a_shared_stem_and_questions_of_its_own() -> None:
    seen = read("""
六、案例分析题
1. 某客服团队用大模型起草回复，上线一周后收到三起投诉。
投诉均因回复中的退款时限有误。
（1）首先应当采取的措施是（ A ）。（2分）
A. 暂停自动发送 B. 更换界面颜色
（2）怎样改进提示词？（3分）
答案：给出退款规则原文，要求引用。
2. 某团队为道路图像标注车辆。
（1）遮挡的车辆也要标注。（对）
""")
    assert not seen.errors
    first, second = seen.items
    assert first.type is T.COMPOSITE
    assert first.content["stem"].endswith("投诉均因回复中的退款时限有误。")
    assert [(part["type"], part["share"]) for part in first.content["parts"]] == [
        ("SINGLE_CHOICE", 2),
        ("SHORT_ANSWER", 3),
    ]
    assert first.key["parts"]["p1"] == {"right": ["a"]}
    assert second.key["parts"] == {"p1": {"value": True}}


def test_a_case_may_be_named_and_its_questions_numbered_plainly() -> None:
    seen = read("""
四、案例题
【案例一】
某团队采集了十万张照片。
1. 采集前应当先取得同意。
答案：对
2. 照片中的车牌应当怎样处理？
答案：遮挡或模糊。
案例二：某公司上线了问答助手。
问题1：上线前应当做什么？
答案：评测。
""")
    assert [len(item.content["parts"]) for item in seen.items] == [2, 1]
    assert seen.items[1].content["stem"] == "某公司上线了问答助手。"


def test_answers_at_the_end_of_the_paper_find_their_items() -> None:
    seen = read("""
一、单选题
1. 图像由什么组成？
A. 像素 B. 笔画
2. 声音由什么组成？
A. 像素 B. 采样
二、判断题
1. 模型不会出错。
2. 数据要脱敏。
三、简答题
1. 什么是标注？

参考答案：
一、单选题
1-2 AB
二、判断题：1.× 2.√
三、简答题
1. 给数据加上标签。
供模型学习。
""")
    assert not seen.errors
    assert [item.key for item in seen.items[:4]] == [
        *({"right": ["a"]}, {"right": ["b"]}, {"value": False}, {"value": True}),
    ]
    assert seen.items[4].key["reference"] == "给数据加上标签。\n供模型学习。"


def test_options_run_together_and_letters_within_words_are_told_apart() -> None:
    [run, plain] = read("""
1. 超声检查属于（B）
A.X光B.B超C.核磁D.CT
2. 维生素缺乏会怎样？（A）
A. 缺 A 则夜盲 B. 无事
""").items
    assert texts_of(run) == ["X光", "B超", "核磁", "CT"]
    assert texts_of(plain) == ["缺 A 则夜盲", "无事"]


def test_items_without_numbers_are_parted_by_blank_lines() -> None:
    seen = read("""图像由什么组成？
A. 像素
B. 笔画
答案：A

数据要脱敏。
答案：对
""")
    assert [item.type for item in seen.items] == [T.SINGLE_CHOICE, T.TRUE_FALSE]


def test_each_fault_names_its_paragraph() -> None:
    seen = read("1. 没有答案？\nA. 甲\nB. 乙\n2. 答案不在？\nA. 甲\nB. 乙\n答案：D\n3. 没有选项的？")
    assert [(problem.where, problem.code) for problem in seen.errors] == [
        ("¶7", "key_unknown"),
        ("¶1", "key_missing"),
        ("¶8", "no_reference"),
    ]


def test_a_decimal_begins_no_item() -> None:
    [item] = read("1. 下列说法对吗：\n1.5 米等于 150 厘米。\n答案：对").items
    assert item.content["stem"] == "下列说法对吗：\n1.5 米等于 150 厘米。"


def test_a_text_without_items_says_so() -> None:
    assert [problem.code for problem in read("今天开会。").warnings] == ["text_passed", "no_items"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_pasted_paper_is_known_and_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "试卷.txt"
    path.write_text(PAPER, encoding=encoding)
    assert sniff(path).value == "text"
    assert len(told(read_pasted(path)).items) == 8


def test_brackets_within_mathematics_are_no_blanks_and_no_answers() -> None:
    seen = read(
        "1. 函数 \\(f(A)+x^{2}+g()\\) 的值是（ B ）。\nA. 一\nB. 二\n2. 若 \\(a_{__}=()\\)，则 b 为____。\n答案：三"
    )
    assert seen.items[0].content["stem"] == "函数 \\(f(A)+x^{2}+g()\\) 的值是（　）。"
    assert seen.items[0].key == {"right": ["b"]}
    assert seen.items[1].content == {"stem": "若 \\(a_{__}=()\\)，则 b 为____。", "blanks": 1}
