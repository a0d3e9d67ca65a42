"""Word documents: what they hide from those who only read their text."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_UNDERLINE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from itemfiles import texts_of, told
from PIL import Image

from questionbank.interchange import reading
from questionbank.interchange.words.reading import read_document
from questionbank.kinds import ItemType

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def written(path: Path, *paragraphs: str, change: Callable[[Document], None] | None = None) -> Path:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if change:
        change(made)
    made.save(str(path))
    return path


def picture(colour: str = "red") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    file.seek(0)
    return file


def with_math(paragraph: Any, inner: str) -> None:
    paragraph._p.append(parse_xml(f"<m:oMath {M}>{inner}</m:oMath>"))


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_a_document_is_read_like_a_pasted_paper(tmp_path: Path) -> None:
    path = written(
        tmp_path / "题.docx",
        *("一、单选题（每题2分）", "1. 图像由什么组成？（ A ）", "A. 像素\tB. 笔画\tC. 声波", "【解析】见第一章。"),
        *("二、判断题", "1. 模型不会出错。（×）"),
    )
    read = reading.report(reading.read(path))
    assert (read["format"], read["by_type"], read["errors"]) == ("docx", {"SINGLE_CHOICE": 1, "TRUE_FALSE": 1}, [])
    first = told(read_document(path)).items[0]
    assert (texts_of(first), first.points, first.where) == (["像素", "笔画", "声波"], "2", "¶2")


def test_numbers_and_letters_that_word_writes_by_itself_are_read(tmp_path: Path) -> None:
    def number(made: Document) -> None:
        numbering = made.part.numbering_part.element
        levels = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
        abstract = levels.format(0, "decimal", "%1.") + levels.format(1, "upperLetter", "%2.")
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{abstract}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for text, depth in (
            *(("图像由什么组成？", 0), ("像素", 1), ("笔画", 1), ("答案：A", None)),
            *(("声音由什么组成？", 0), ("像素", 1), ("采样", 1), ("答案：B", None)),
        ):
            paragraph = made.add_paragraph(text)
            if depth is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = depth, 77

    seen = told(read_document(written(tmp_path / "a.docx", change=number)))
    assert [item.key for item in seen.items] == [{"right": ["a"]}, {"right": ["b"]}]
    assert [item.content["stem"] for item in seen.items] == ["图像由什么组成？", "声音由什么组成？"]


def test_underlined_spaces_are_blanks_and_raised_digits_stay_raised(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        paragraph = made.add_paragraph("1. 面积的单位是 m")
        paragraph.add_run("2").font.superscript = True
        paragraph.add_run("，长度的单位是")
        paragraph.add_run("      ").underline = WD_UNDERLINE.SINGLE
        paragraph.add_run("。")
        made.add_paragraph("答案：米|m")

    item = told(read_document(written(tmp_path / "a.docx", change=add))).only
    assert item.content == {"stem": "面积的单位是 m²，长度的单位是____。", "blanks": 1}
    assert item.key == {"blanks": [["米", "m"]]}


def test_pictures_belong_to_the_stem_or_to_their_option(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        made.add_paragraph("1. 图中是什么颜色？（A）")
        stem = made.add_paragraph().add_run()
        stem.add_picture(picture())
        made.element.body.xpath(".//wp:docPr")[0].set("descr", "一个红色方块")
        made.add_paragraph("A. 红色").add_run().add_picture(picture("white"))
        made.add_paragraph("B. 蓝色")

    seen = told(read_document(written(tmp_path / "a.docx", change=add)))
    first, second = seen.only.media
    assert (first.media_type, first.data[:4]) == ("image/png", b"\x89PNG")
    assert seen.only.content["media"][0] == {
        "digest": first.digest,
        "kind": "PICTURE",
        "media_type": "image/png",
        "alt": "一个红色方块",
    }
    assert seen.only.content["options"] == [
        {"id": "a", "text": "红色", "media": second.digest},
        {"id": "b", "text": "蓝色"},
    ]
    assert [problem.code for problem in seen.warnings] == ["alt_missing"]
    assert not reading.report(reading.read(tmp_path / "a.docx"))["errors"]


def test_an_object_that_is_no_picture_is_said_at_its_paragraph(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        paragraph = made.add_paragraph("1. 求值。")
        paragraph.add_run()._r.append(parse_xml(f"<w:object {nsdecls('w')}/>"))
        made.add_paragraph("答案：3")

    seen = told(read_document(written(tmp_path / "a.docx", change=add)))
    assert ("¶1", "picture_unreadable") in [(problem.where, problem.code) for problem in seen.warnings]


def test_what_was_struck_out_as_a_change_is_not_read(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        paragraph = made.add_paragraph("1. 数据要脱敏")
        deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>吗</w:delText></w:r></w:del>'
        inserted = f'<w:ins {nsdecls("w")} w:id="2" w:author="x"><w:r><w:t>再标注。（对）</w:t></w:r></w:ins>'
        paragraph._p.append(parse_xml(deleted))
        paragraph._p.append(parse_xml(inserted))

    assert told(read_document(written(tmp_path / "a.docx", change=add))).only.content["stem"] == "数据要脱敏再标注。"


def test_a_tick_of_the_wingdings_font_is_a_judgement(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        paragraph = made.add_paragraph("1. 数据要脱敏。（")
        paragraph.add_run()._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FC"/>'))
        paragraph.add_run("）")

    assert told(read_document(written(tmp_path / "a.docx", change=add))).only.key == {"value": True}


def test_a_table_within_an_item_is_read_as_lines_and_said_so(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        made.add_paragraph("1. 由下表，哪一组最准？")
        table = made.add_table(2, 2)
        for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["组", "准确率", "甲", "92%"], strict=True):
            cell.text = text
        made.add_paragraph("答案：甲组")

    seen = told(read_document(written(tmp_path / "a.docx", change=add)))
    assert seen.only.content["stem"] == "由下表，哪一组最准？\n组\t准确率\n甲\t92%"
    assert "table_flattened" in [problem.code for problem in seen.warnings]


SUM = f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{run("i=1")}</m:sub><m:sup>{run("n")}</m:sup>'
ROWS = "".join(f"<m:mr><m:e>{run(a)}</m:e><m:e>{run(b)}</m:e></m:mr>" for a, b in ("12", "34"))
BRACKETS = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'
LIMIT = f"<m:limLow><m:e>{run('lim')}</m:e><m:lim>{run('n→∞')}</m:lim></m:limLow>"
BRACE = '<m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr>'
LINES = f"<m:e>{run('x=1')}</m:e><m:e>{run('y=2')}</m:e>"
EQUATIONS = [
    (f"<m:f><m:num>{run('a')}</m:num><m:den>{run('b+1')}</m:den></m:f>", r"\frac{a}{b+1}"),
    (f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>", "x^{2}"),
    (f"<m:sSub><m:e>{run('a')}</m:e><m:sub>{run('n')}</m:sub></m:sSub>", "a_{n}"),
    (
        f"<m:sSubSup><m:e>{run('x')}</m:e><m:sub>{run('1')}</m:sub><m:sup>{run('2')}</m:sup></m:sSubSup>",
        "x_{1}^{2}",
    ),
    (f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{run("2")}</m:e></m:rad>', r"\sqrt{2}"),
    (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('x')}</m:e></m:rad>", r"\sqrt[3]{x}"),
    (f"{SUM}<m:e>{run('i')}</m:e></m:nary>", r"\sum_{i=1}^{n}{i}"),
    (f"<m:nary><m:sub>{run('0')}</m:sub><m:sup>{run('1')}</m:sup><m:e>{run('x')}</m:e></m:nary>", r"\int_{0}^{1}{x}"),
    (f"<m:d>{BRACKETS}<m:e><m:m>{ROWS}</m:m></m:e></m:d>", r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}"),
    (f"<m:d><m:e>{run('a+b')}</m:e></m:d>", r"\left(a+b\right)"),
    (f"<m:func><m:fName>{run('sin')}</m:fName><m:e>{run('x')}</m:e></m:func>", r"\sin{x}"),
    (f"<m:func><m:fName>{LIMIT}</m:fName><m:e>{run('a')}</m:e></m:func>", r"\lim_{n→∞}{a}"),
    (f"<m:d>{BRACE}<m:e><m:eqArr>{LINES}</m:eqArr></m:e></m:d>", r"\begin{cases}x=1 \\ y=2\end{cases}"),
    (f'<m:acc><m:accPr><m:chr m:val="⃗"/></m:accPr><m:e>{run("a")}</m:e></m:acc>', r"\vec{a}"),
    (run("50%"), r"50\%"),
]


@pytest.mark.parametrize(("inner", "latex"), EQUATIONS)
def test_equations_are_latex(tmp_path: Path, inner: str, latex: str) -> None:
    def add(made: Document) -> None:
        with_math(made.add_paragraph("1. 计算 "), inner)
        made.add_paragraph("答案：见教材")

    item = told(read_document(written(tmp_path / "a.docx", change=add))).only
    assert item.content["stem"] == f"计算 \\({latex}\\)"


def test_an_equation_of_its_own_line_is_a_displayed_one(tmp_path: Path) -> None:
    def add(made: Document) -> None:
        paragraph = made.add_paragraph("1. 求和：")
        paragraph._p.append(parse_xml(f"<m:oMathPara {M}><m:oMath>{run('x+y')}</m:oMath></m:oMathPara>"))
        made.add_paragraph("答案：z")

    assert told(read_document(written(tmp_path / "a.docx", change=add))).only.content["stem"] == "求和：\\[x+y\\]"


def test_a_document_of_a_case_is_one_item(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.docx",
        *("三、案例分析题", "案例一：某团队采集了十万张照片。", "1. 采集前应当先取得同意。（√）（1分）"),
        *("2. 车牌应当怎样处理？（4分）", "答案：遮挡。"),
    )
    item = told(read_document(path)).only
    assert item.type is ItemType.COMPOSITE
    assert [part["share"] for part in item.content["parts"]] == [1, 4]
