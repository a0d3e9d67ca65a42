"""The annexes as the notice prescribes them: titles, fixed sentences, typefaces and sizes."""

import io
from datetime import UTC, datetime
from pathlib import Path

import annexes
import docx
import openpyxl
import pypdf
import pytest
from annexes import ANNEX_1, rewritten, sample_annex2, sample_annex3
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from examsvc.core import fonts, settings
from examsvc.registry.annexes import (
    annex1_docx,
    annex1_xlsx,
    annex2_docx,
    annex3_docx,
    forms,
    numerals,
    printing,
    wording,
)
from examsvc.registry.annexes.errors import UnprintableText
from examsvc.registry.annexes.forms import Annex1, Annex3, ExtraSection

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
XIAO_ER, XIAO_SI, WU_HAO = "36", "24", "21"  # in half-points: 18, 12, 10.5 pt
SENTENCES = (
    "经研究决定，我单位同意推荐上述项目成为专项职业能力考核项目，上述单位成为专项职业能力考核机构。",
    (
        "我单位将结合产业发展需求，做好所辖领域技能评价工作的组织推动、行业指导，支持有关单位开展专项职业能力考核，"
        "并配合各级人社部门实施质量督导。"
    ),
)


@pytest.fixture
def drawing_fonts() -> None:
    fonts.use_folders(Path(folder) for folder in settings.DEFAULT_FONTS.split(":"))


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def face(paragraph: Paragraph) -> tuple[str, str, bool]:
    """Return the east-asian typeface, the half-points and whether it is bold, as the paragraph's first run says."""
    properties = paragraph.runs[0]._element.rPr
    size = properties.find(qn("w:sz")).get(qn("w:val"))
    return properties.find(qn("w:rFonts")).get(qn("w:eastAsia")), size, properties.find(qn("w:b")) is not None


def table_texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in document.tables[0].rows]


def test_d02_the_annexes_carry_their_own_titles() -> None:
    assert wording.ANNEX_1_TITLE == "专项职业能力考核项目及考核机构推荐汇总表"
    assert wording.ANNEX_2_TITLE == "专项职业能力考核项目及考核机构建议书"
    for written, title in (
        (annex1_docx.write(ANNEX_1), wording.ANNEX_1_TITLE),
        (annex2_docx.write(sample_annex2()), wording.ANNEX_2_TITLE),
    ):
        found = [part for part in opened(written).paragraphs if part.text == title]
        assert [(face(part), part.style.paragraph_format.alignment) for part in found] == [
            (("黑体", XIAO_ER, False), 1)
        ]


def test_j01_j02_annex_3_has_its_title_in_two_centred_lines_of_18_pt_heiti() -> None:
    document = opened(annex3_docx.write(sample_annex3()))
    titles = document.paragraphs[:2]
    assert [part.text for part in titles] == ["人工智能模型运用", "主要考核内容"]
    assert [face(part) for part in titles] == [("黑体", XIAO_ER, False)] * 2
    assert [part.style.paragraph_format.alignment for part in titles] == [1, 1]


def test_j03_j05_the_body_is_12_pt_songti_with_bold_headings() -> None:
    document = opened(annex3_docx.write(sample_annex3()))
    heading, text, next_heading = document.paragraphs[2:5]
    assert (heading.text, face(heading)) == ("一、定义", ("宋体", XIAO_SI, True))
    assert face(text) == ("宋体", XIAO_SI, False)
    assert face(next_heading) == ("宋体", XIAO_SI, True)


def test_j04_everything_in_the_table_is_10_5_pt_songti() -> None:
    for written in (annex3_docx.write(sample_annex3()), annex1_docx.write(ANNEX_1)):
        cells = [cell for row in opened(written).tables[0].rows for cell in row.cells]
        faces = {face(part)[:2] for cell in cells for part in cell.paragraphs if part.text}
        assert faces == {("宋体", WU_HAO)}


def test_the_styles_say_the_same_as_the_runs_so_that_what_is_typed_later_looks_alike() -> None:
    document = opened(annex3_docx.write(sample_annex3()))
    for part in document.paragraphs:
        style = part.style.element.rPr
        assert style.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face(part)[0]
        assert style.find(qn("w:sz")).get(qn("w:val")) == face(part)[1]


def test_j06_the_heading_is_the_template_s_and_can_be_the_sample_s() -> None:
    annex = sample_annex3()
    assert opened(annex3_docx.write(annex)).paragraphs[4].text == "二、能力标准与评价内容"
    other = annex3_docx.write(annex, wording.SAMPLE_WORDING)
    assert opened(other).paragraphs[4].text == "二、能力标准和考核内容"


def test_j07_j08_j09_j10_j12_the_sample_s_table_is_the_notice_s() -> None:
    rows = table_texts(opened(annex3_docx.write(sample_annex3())))
    assert rows[0] == ["能力名称", "人工智能模型运用", "所属领域", "软件和信息技术服务人员"]
    assert rows[1] == ["工作任务", "操作规范", "相关知识", "考核比重"]
    assert [(row[0], row[3]) for row in rows[2:]] == [
        ("（一）提示词撰写", "40%"),
        ("（二）大模型工具使用", "20%"),
        ("（三）智能体生成", "40%"),
    ]
    assert rows[2][1].split("\n")[0] == "1. 能掌握提示词工程的使用技巧"
    assert rows[4][2].split("\n")[3] == "4. 场景化智能体优化和评估的方法"
    assert [len(row[1].split("\n")) for row in rows[2:]] == [3, 3, 3]
    assert [len(row[2].split("\n")) for row in rows[2:]] == [3, 4, 4]


def test_j14_further_sections_are_numbered_on() -> None:
    sample = sample_annex3()
    extras = (ExtraSection("鉴定要求", "申报条件"), ExtraSection("附录", ""))
    annex = Annex3(sample.scheme_name, sample.occupation_name, sample.definition, sample.work_tasks, extras)
    texts = [part.text for part in opened(annex3_docx.write(annex)).paragraphs]
    assert texts[5:] == ["三、鉴定要求", "申报条件", "四、附录", ""]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_j09_numbers_are_chinese(number: int, written: str) -> None:
    assert numerals.chinese(number) == written


def test_h01_h02_h03_h04_h15_annex_1_says_who_recommends_in_which_order_and_when() -> None:
    document = opened(annex1_docx.write(ANNEX_1))
    told = next(part.text for part in document.paragraphs if part.text.startswith("推荐单位"))
    assert told == "推荐单位（加盖公章）: 上海市示例行业主管部门　　联系人: 周敏　　联系电话: 021-55550000"
    assert [row[0] for row in table_texts(document)] == ["序号", "1", "2", "推\n荐\n意\n见"]
    assert table_texts(document)[-1][1].endswith("2026 年 11 月 25 日")
    blank = Annex1("某局", "周敏", "1", None, ())
    assert table_texts(opened(annex1_docx.write(blank)))[-1][1].split()[-3:] == ["年", "月", "日"]


def test_h05_h06_h07_h09_h10_h12_h13_a_row_is_written_as_the_sample_is() -> None:
    row = table_texts(opened(annex1_docx.write(ANNEX_1)))[1]
    assert row == [
        *("1", "软件和信息技术服务人员\n4-04-05", "人工智能模型运用", "人工智能、电子信息"),
        *("上海案例技术有限公司\n（91310000MA1FL0AB1X）", "1000 人"),
        "《上海市产业规划》把大模型应用列为重点，32 家企业提出需求。",
    ]


def test_h14_the_opinion_is_verbatim_in_both_forms() -> None:
    assert wording.OPINION_SENTENCES == SENTENCES
    opinion = table_texts(opened(annex1_docx.write(ANNEX_1)))[-1][1]
    assert tuple(opinion.split("\n")[:2]) == SENTENCES
    sheet = openpyxl.load_workbook(io.BytesIO(annex1_xlsx.write(ANNEX_1))).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(all(sentence in text for sentence in SENTENCES) for text in texts)


def test_h05_h08_h09_the_instructions_are_verbatim() -> None:
    assert len(wording.INSTRUCTIONS) == 6
    assert wording.INSTRUCTIONS[0] == "1. 请按推荐的优先级顺序填写。"
    assert "应填写到小类。可登录以下链接进行查询：http://www.osta.org.cn/career。" in wording.INSTRUCTIONS[1]
    assert wording.INSTRUCTIONS[2] == (
        "3. 产业类别：（1）请按以下产业标签选择填写：“3+6”产业：集成电路、生物医药、人工智能、电子信息、生命健康、"
        "汽车、高端装备、先进材料、时尚消费品；两大民生产业：养老护理、家政服务；其他产业：按实填写；（2）每个职业（工种）可按实际情况选填多个"
        "产业标签，用“、”隔开。"
    )
    assert wording.INSTRUCTIONS[5] == "6. 推荐理由：请简述推荐理由，如文件依据、行业规划、重要会议、调研摸底等。"
    texts = [part.text for part in opened(annex1_docx.write(ANNEX_1)).paragraphs]
    assert texts[-7:] == ["填表说明", *wording.INSTRUCTIONS]


def test_h11_h16_the_sample_row_is_in_the_template_and_never_in_an_export() -> None:
    def texts(data: bytes) -> str:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)

    assert "样例" in texts(annex1_xlsx.template())
    assert "111111111111111111" in texts(annex1_xlsx.template())
    assert "样例" not in texts(annex1_xlsx.write(ANNEX_1))


def test_the_workbook_has_the_notice_s_typefaces_and_lies_across() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(annex1_xlsx.write(ANNEX_1))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].font.name, sheet["A2"].font.sz) == (wording.ANNEX_1_TITLE, "黑体", 18)
    assert (sheet["B5"].font.name, sheet["B5"].font.sz) == ("宋体", 10.5)
    assert (sheet.page_setup.orientation, sheet["F5"].value, sheet["F5"].number_format) == ("landscape", 1000, '0" 人"')


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"])
def test_a_text_that_begins_like_a_formula_stays_a_text(text: str) -> None:
    row = forms.Annex1Row("4-04-05", "名", text, ("人工智能",), text, "91310000MA1FL0AB1X", 1, text)
    data = annex1_xlsx.write(Annex1("某局", "周敏", "1", None, (row,)))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [(sheet[f"{column}5"].value, sheet[f"{column}5"].data_type) for column in "CG"] == [(text, "s")] * 2
    assert sheet["C5"].quotePrefix


def test_i01_to_i11_annex_2_has_the_notice_s_parts_and_sections_in_their_order() -> None:
    document = opened(annex2_docx.write(sample_annex2()))
    headings = [part.text for part in document.paragraphs if part.style.name in ("附件章", "附件节", "附件目")]
    assert headings == [
        "一、考核项目推荐情况",
        "（一）推荐项目的开发背景",
        "（二）项目特色",
        "（三）项目名称及主要考核内容",
        "（四）项目适用对象",
        "（五）项目考核评价开展情况",
        "（六）项目在促进本市经济社会发展、就业创业等方面发挥的作用",
        "（七）项目未来发展趋势分析",
        "1. 就业创业",
        "2. 行业或产业发展",
        "3. 经济效益",
        "（八）其他",
        "二、拟承担评价任务的考核机构推荐情况",
        "（一）推荐单位的基本情况",
        "（二）开展技能人才评价的工作基础",
        "（三）相关行业优势和专业优势",
        "（四）其他",
    ]
    assert {face(part) for part in document.paragraphs if part.text in headings} == {("宋体", XIAO_SI, True)}


def test_i04_annex_2_takes_its_outline_from_annex_3() -> None:
    texts = [part.text for part in opened(annex2_docx.write(sample_annex2())).paragraphs]
    start = texts.index("（三）项目名称及主要考核内容")
    assert texts[start + 1] == "项目名称：人工智能模型运用"
    assert texts[start + 4 : start + 7] == [
        "（一）提示词撰写（40%）",
        "（二）大模型工具使用（20%）",
        "（三）智能体生成（40%）",
    ]


@pytest.mark.usefixtures("drawing_fonts")
def test_j01_j12_the_pdf_of_annex_3_says_what_the_text_document_says() -> None:
    pdf = printing.annex3(sample_annex3(), stamp=AT)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for said in (
        "主要考核内容",
        "一、定义",
        "二、能力标准与评价内容",
        "（三）智能体生成",
        "20%",
        "1. 能使用智能体平台",
    ):
        assert said in text
    assert pdf == printing.annex3(sample_annex3(), stamp=AT)


@pytest.mark.usefixtures("drawing_fonts")
def test_i01_the_pdf_of_annex_2_has_both_parts() -> None:
    pdf = printing.annex2(sample_annex2(), stamp=AT)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert wording.SCHEME_PART in text
    assert wording.ORGANISATION_PART in text
    assert "2018 年在本市登记的企业法人。" in text


@pytest.mark.usefixtures("drawing_fonts")
def test_a_character_without_a_glyph_is_refused_and_a_rare_one_is_printed() -> None:
    sample = sample_annex3()

    def named(name: str) -> Annex3:
        return Annex3(name, sample.occupation_name, sample.definition, sample.work_tasks)

    assert printing.annex3(named("㛃䶮𬱖检测"), stamp=AT).startswith(b"%PDF")
    with pytest.raises(UnprintableText) as refused:
        printing.annex3(named("检测\U0001f9ff"), stamp=AT)
    assert refused.value.extra["characters"] == "U+1F9FF"


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x1f", "\x85", "\u2028", "\ud800", "\uffff"])
def test_a_character_no_document_can_hold_is_refused_and_named(odd: str) -> None:
    with pytest.raises(UnprintableText) as refused:
        forms.clean(f"甲{odd}乙", "reason")
    assert refused.value.extra == {"where": "reason", "characters": f"U+{ord(odd):04X}"}


def test_equal_content_is_equal_bytes_and_carries_no_time() -> None:
    for write in (
        lambda: annex1_docx.write(ANNEX_1),
        lambda: annex1_xlsx.write(ANNEX_1),
        lambda: annex2_docx.write(sample_annex2()),
        lambda: annex3_docx.write(sample_annex3()),
    ):
        data = write()
        assert rewritten(data, {}) == data  # every member is stamped 1980
        assert b"dcterms:" not in annexes.part(data, "docProps/core.xml").partition(b"<dc:")[2]
        assert data == write()
