"""The templates of others, with the headings that they really have."""

from pathlib import Path

import pytest
from itemfiles import Rows, texts_of, told, workbook
from openpyxl import Workbook

from questionbank.interchange.model import Refused
from questionbank.interchange.sheets.reading import columns_of, read_workbook
from questionbank.kinds import Difficulty, ItemType

T = ItemType
CHAOXING = [
    *(
        "目录",
        "题目类型",
        "大题题干",
        "小题题型",
        "小题题干",
        "正确答案",
        "答案解析",
        "难易度",
        "知识点",
        "标签",
        "选项数",
    ),
    *(f"选项{letter}" for letter in "ABCDEFGH"),
]
KAOSHIBAO = [
    *("题干（必填）", "题型 （必填）", "选项 A", "选项 B", "选项 C", "选项 D", "选项E\n(勿删)", "选项F\n(勿删)"),
    *("选项G\n(勿删)", "选项H\n(勿删)", "正确答案\n（必填）", "解析", "章节", "难度"),
]
YUNFAN = [
    *("题目序号", "题目类型", "题目内容", "整体解析", "题目图片", "题目视频", "所属题库"),
    *("是否正确项", "选项内容", "选项解析", "选项图片"),
]
AGENCY = [
    *("问题", "题型（0单选，1判断，2多选）", "考试人员类型（1-作业人员，2-检验人员）"),
    *("选项A", "选项B", "选项C", "选项D", "答案（多选用英文逗号分隔，如：A,B）"),
]


def test_the_template_of_chaoxing_is_read_with_its_judgements_and_cases(tmp_path: Path) -> None:
    rows = [
        CHAOXING,
        ["/数据标注/第一章", "单选题", "标注前首先要做的是什么？", "", "",
         "B", "先读规范。", "易", "标注规范", "标注,流程", 3, "开工", "阅读规范", "质检"],
        ["/数据标注/第一章", "判断题", "标注结果不需要复核。", "", "", "B", "", "中", "质检", "", 2, "正确", "错误"],
        ["/数据标注/第二章", "阅读理解", "某团队为道路图像标注车辆。",
         "单选题", "应选哪种标注方式？", "A", "", "难", "图像", "", 2, "边界框", "转写"],
        ["", "", "", "判断题", "遮挡的车辆也要标注。", "A", "", "", "", "", 2, "正确", "错误"],
        ["/数据标注/第二章", "填空题", "图像分割给每个____一个类别。", "", "", "像素|象素", "", "中", "图像", "", ""],
    ]  # fmt: skip
    path = workbook(tmp_path / "超星.xlsx", rows, title="课程题库")
    seen = told(read_workbook(path))
    assert not seen.errors
    assert [item.type for item in seen.items] == [T.SINGLE_CHOICE, T.TRUE_FALSE, T.COMPOSITE, T.FILL_IN]
    single, judged, case, filled = seen.items
    assert single.key == {"right": ["b"]}
    assert single.difficulty is Difficulty.EASY
    assert single.tags == ("标注", "流程")
    assert single.extras["chapter"] == "/数据标注/第一章"
    assert judged.key == {"value": False}
    assert case.content["stem"] == "某团队为道路图像标注车辆。"
    assert [part["type"] for part in case.content["parts"]] == ["SINGLE_CHOICE", "TRUE_FALSE"]
    assert case.key["parts"] == {"p1": {"right": ["a"]}, "p2": {"value": True}}
    assert filled.key == {"blanks": [["像素", "象素"]]}
    assert columns_of(path)[0].dialect == "chaoxing"


def test_a_judgement_of_chaoxing_means_what_stands_under_its_letter(tmp_path: Path) -> None:
    row = ["", "判断题", "模型越大越好。", "", "", "A", "", "", "", "", 2, "错误", "正确"]
    assert told(read_workbook(workbook(tmp_path / "a.xlsx", [CHAOXING, row]))).only.key == {"value": False}


def test_the_template_of_kaoshibao_is_read_below_its_notes(tmp_path: Path) -> None:
    rows = [
        ["填写说明：请勿修改表头，带“必填”的列不能为空。"],
        KAOSHIBAO,
        ["以下属于监督学习的是（ ）", "多选题", "分类", "回归", "聚类", "降维", "", "", "", "",
         "AB", "有标签。", "第一章", "中"],
        ["下列说法正确的是（ ）", "单选题", "全选", "反选", "", "", "", "", "", "", "Ａ", "", "", ""],
        ["训练集与测试集应当分开。", "判断题", "", "", "", "", "", "", "", "", "正确", "", "第一章", "易"],
        ["常用的损失函数有（ ）和（ ）。", "填空题", "", "", "", "", "", "", "", "", "交叉熵|均方误差", "", "", "难"],
    ]  # fmt: skip
    path = workbook(tmp_path / "考试宝.xlsx", rows)
    seen = told(read_workbook(path))
    assert not seen.errors
    multiple, single, judged, filled = seen.items
    assert (multiple.type, multiple.key) == (T.MULTIPLE_CHOICE, {"right": ["a", "b"]})
    assert multiple.where == "题库!3"
    assert texts_of(single) == ["全选", "反选"]
    assert judged.key == {"value": True}
    assert filled.content == {"stem": "常用的损失函数有____和____。", "blanks": 2}
    assert filled.key == {"blanks": [["交叉熵"], ["均方误差"]]}
    [columns] = columns_of(path)
    assert (columns.dialect, columns.heading_row) == ("kaoshibao", 2)
    assert columns.mapping["选项E\n(勿删)"] == "option_e"


def test_the_template_of_yunfan_has_a_title_and_a_row_for_each_option(tmp_path: Path) -> None:
    rows: Rows = [
        ["试题导出"],
        YUNFAN,
        [1, 1, "提示词的第一要素是什么？", "先说任务。", "", "", "提示词", 1, "任务", "", ""],
        [1, 1, "提示词的第一要素是什么？", "先说任务。", "", "", "提示词", 0, "颜色", "", ""],
        [2, 2, "评估回答看哪些方面？", "", "", "", "提示词", 1, "准确", "", ""],
        [2, "", "", "", "", "", "", 0, "字体", "", ""],
        [2, "", "", "", "", "", "", 1, "完整", "", ""],
        [3, 3, "模型不会出错。", "", "", "", "提示词", 0, "正确", "", ""],
        [3, 3, "模型不会出错。", "", "", "", "提示词", 1, "错误", "", ""],
    ]
    path = workbook(tmp_path / "云帆.xlsx", rows, title="试题导出")
    seen = told(read_workbook(path))
    assert not seen.errors
    assert [item.type for item in seen.items] == [T.SINGLE_CHOICE, T.MULTIPLE_CHOICE, T.TRUE_FALSE]
    assert [item.key for item in seen.items] == [{"right": ["a"]}, {"right": ["a", "c"]}, {"value": False}]
    assert texts_of(seen.items[1]) == ["准确", "字体", "完整"]
    assert columns_of(path)[0].dialect == "yunfan"


def test_the_codes_of_an_agency_s_heading_are_the_types(tmp_path: Path) -> None:
    rows: Rows = [
        AGENCY,
        ["吊装前应检查什么？", 0, 1, "吊具", "天气", "工资", "菜单", "A"],
        ["作业人员可以酒后上岗。", 1, 1, "正确", "错误", "", "", "B"],
        ["检验的依据有哪些？", 2, 2, "标准", "规程", "传言", "", "A,B"],
    ]
    path = workbook(tmp_path / "机构.xlsx", rows)
    seen = told(read_workbook(path))
    assert not seen.errors
    assert [item.type for item in seen.items] == [T.SINGLE_CHOICE, T.TRUE_FALSE, T.MULTIPLE_CHOICE]
    assert [item.key for item in seen.items] == [{"right": ["a"]}, {"value": False}, {"right": ["a", "b"]}]
    assert seen.items[0].extras["columns"] == {"考试人员类型（1-作业人员，2-检验人员）": "1"}
    assert [problem.code for problem in seen.warnings] == ["columns_unknown"]
    assert columns_of(path)[0].dialect == "agency"


def test_a_home_made_table_is_known_by_its_words(tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "题型", "题目", "选项", "答案", "解析", "难度", "知识点", "分值", "章节"],
        [1, "单选", "下列哪项是标注工具？", "A.锤子|B.标注平台|C.算盘", "B", "", "简单", "工具", 2, "一"],
        [2, "多选", "哪些是文本任务？", "分词;检测;实体识别", "A;C", "", "一般", "文本", 2, "一"],
    ]
    single, multiple = told(read_workbook(workbook(tmp_path / "自制.xlsx", rows))).items
    assert texts_of(single) == ["锤子", "标注平台", "算盘"]
    assert (single.points, single.knowledge_point) == ("2", "工具")
    assert multiple.key == {"right": ["a", "c"]}


def test_a_saved_mapping_names_columns_that_no_synonym_knows(tmp_path: Path) -> None:
    rows: Rows = [
        ["考什么", "甲项", "乙项", "对的那个", "备忘"],
        ["图像由什么组成？", "像素", "笔画", "A", "老题"],
    ]
    path = workbook(tmp_path / "怪.xlsx", rows)
    mapping = {"考什么": "stem", "甲项": "option_a", "乙项": "option_b", "对的那个": "answer"}
    item = told(read_workbook(path, mapping)).only
    assert (item.type, item.key) == (T.SINGLE_CHOICE, {"right": ["a"]})
    assert item.extras["columns"] == {"备忘": "老题"}
    assert set(columns_of(path)[0].mapping.values()) == {""}
    assert columns_of(path, mapping)[0].rows == (("图像由什么组成？", "像素", "笔画", "A", "老题"),)


def test_a_mapping_names_fields_that_exist_and_what_it_misses_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "怪.xlsx", [["考什么", "对不对"], ["图像由像素组成。", "对"]])
    with pytest.raises(Refused) as refused:
        read_workbook(path, {"考什么": "stem", "对不对": "truth"})
    assert refused.value.code == "mapping_unknown"
    seen = told(read_workbook(path, {"考什么": "stem", "对不对": "answer", "难不难": "difficulty"}))
    assert seen.only.type is T.TRUE_FALSE
    assert [problem.code for problem in seen.warnings] == ["mapping_missing"]


def test_a_sheet_named_by_its_type_needs_no_column_for_it(tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        filled = book.create_sheet("填空题")
        filled.append(["题干", "答案"])
        filled.append(["先____后测。", "练"])

    rows = [["题干", "A", "B", "C", "答案"], ["哪些要脱敏？", "姓名", "电话", "天气", "AB"]]
    seen = told(read_workbook(workbook(tmp_path / "分表.xlsx", rows, title="多项选择题", change=more)))
    assert [item.type for item in seen.items] == [T.MULTIPLE_CHOICE, T.FILL_IN]
    assert not seen.warnings
