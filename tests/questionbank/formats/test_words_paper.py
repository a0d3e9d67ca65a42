"""Papers printed to .docx: their sections, how options lie, the key and the answer sheet."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import docx
from itemfiles import told
from items.in_texts import CASE, EVERY_TYPE, JUDGED, OPTIONS, SINGLE
from PIL import Image

from questionbank.interchange import writing
from questionbank.interchange.model import Format, Level, Medium, ReadItem
from questionbank.interchange.words import paper
from questionbank.interchange.words.reading import read_document
from questionbank.kinds import ItemType


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def options(*words: str) -> list[dict[str, str]]:
    return [{"id": chr(ord("a") + place), "text": word} for place, word in enumerate(words)]


def choice(*words: str, stem: str = "选一项。") -> ReadItem:
    return ReadItem("1", ItemType.SINGLE_CHOICE, {"stem": stem, "options": options(*words)}, {"right": ["a"]})


def picture(kind: str = "PNG") -> Medium:
    file = io.BytesIO()
    Image.new("RGB", (4000, 50), "red").save(file, kind)
    data = file.getvalue()
    return Medium(hashlib.sha256(data).hexdigest(), f"image/{kind.lower()}", data, f"a.{kind.lower()}")


def test_a_paper_has_sections_in_the_order_of_types_with_their_points(tmp_path: Path) -> None:
    items = [replace(item, points="2") for item in (JUDGED, SINGLE, choice("甲", "乙"))]
    list(paper.write(items, tmp_path / "a.docx", title="提示词基础试卷"))
    told_ = texts(tmp_path / "a.docx")
    assert told_[0] == "提示词基础试卷"
    assert [text for text in told_ if text.startswith(("一、", "二、"))][:2] == [
        "一、单选题（共2题，每题2分，共4分）",
        "二、判断题（共1题，每题2分，共2分）",
    ]
    assert "3. 模型不会出错。（　）" in told_
    assert told_[1] == "姓名：______________　　准考证号：____________________　　得分：__________"


def test_short_options_lie_in_four_columns_longer_ones_in_two_and_long_ones_apart(tmp_path: Path) -> None:
    middle, long = "中等长度的选项文字共十三字", "很长的选项" * 10
    items = [choice("甲", "乙", "丙", "丁"), choice("甲", middle, "丙", "丁"), choice("甲", long, "丙")]
    list(paper.write(items, tmp_path / "a.docx"))
    told_ = texts(tmp_path / "a.docx")
    assert "A. 甲\tB. 乙\tC. 丙\tD. 丁" in told_
    assert [f"A. 甲\tB. {middle}", "C. 丙\tD. 丁"] == told_[told_.index(f"A. 甲\tB. {middle}") :][:2]
    assert ["A. 甲", f"B. {long}", "C. 丙"] == told_[told_.index("A. 甲") :][:3]


def test_without_the_key_nothing_of_it_is_in_the_file(tmp_path: Path) -> None:
    list(paper.write(EVERY_TYPE, tmp_path / "a.docx", with_key=False))
    told_ = "\n".join(texts(tmp_path / "a.docx"))
    assert "参考答案" not in told_
    assert "答题卡" in told_
    for secret in ("见第一章。", "统一标准", "测试；检验", "引用规则", "-1.50"):
        assert secret not in told_
    assert len(docx.Document(str(tmp_path / "a.docx")).tables) == 6


def test_the_key_tells_every_answer(tmp_path: Path) -> None:
    list(paper.write(EVERY_TYPE, tmp_path / "a.docx"))
    told_ = texts(tmp_path / "a.docx")
    key = told_[told_.index("参考答案") + 1 :]
    assert "1. B\n【解析】见第一章。" in key
    assert "2. AC　　3. AC" in key
    assert "4. ×" in key
    assert "5. (1)训练|学习；(2)测试；检验" in key
    assert "7. -1.50±0.05m²" in key
    assert "13. （1）A　（2）引用规则。" in key


def test_a_printed_paper_is_read_back_with_its_answers(tmp_path: Path) -> None:
    printed = [
        replace(SINGLE, points="2"),
        replace(choice("甲", "乙", stem="第二题选一项。"), explanation="甲对。", points="2"),
        replace(JUDGED, points="1"),
        ReadItem("", ItemType.FILL_IN, {"stem": "先____后____。", "blanks": 2}, {"blanks": [["练"], ["测", "检验"]]}),
        ReadItem("", ItemType.SHORT_ANSWER, {"stem": "简述。"}, {"reference": "1. 甲\n2. 乙", "points": ["甲", "乙"]}),
    ]
    assert writing.write(printed, Format.DOCX, tmp_path / "a.docx") == []
    seen = told(read_document(tmp_path / "a.docx"))
    assert not seen.errors
    assert [(item.type, item.key, item.explanation, item.points) for item in seen.items] == [
        (item.type, item.key, item.explanation, item.points) for item in printed
    ]
    assert [item.content["stem"] for item in seen.items] == [item.content["stem"] for item in printed]


def test_formulas_are_equations_and_unknown_ones_stay_as_written(tmp_path: Path) -> None:
    stem = "求 \\(\\frac{a}{b}\\) 与 \\(\\foo{x}\\)。"
    list(paper.write([choice("\\(x^2\\)", "乙", stem=stem)], tmp_path / "a.docx"))
    read = told(read_document(tmp_path / "a.docx")).only
    assert read.content["stem"] == stem
    assert read.content["options"][0]["text"] == "\\(x^{2}\\)"
    assert docx.Document(str(tmp_path / "a.docx")).element.body.xpath(".//*[local-name()='f']")


def test_pictures_are_printed_within_the_margins_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    red, webp = picture(), picture("WEBP")
    media = [
        {"digest": one.digest, "kind": "PICTURE", "media_type": one.media_type, "alt": "红条"} for one in (red, webp)
    ]
    sound = {"digest": "5" * 64, "kind": "AUDIO", "media_type": "audio/wav", "alt": "录音"}
    shown = [{**OPTIONS[1], "media": red.digest}, OPTIONS[2]]
    content = {"stem": "看图。", "options": shown, "media": [*media, sound]}
    item = ReadItem("7", ItemType.SINGLE_CHOICE, content, {"right": ["b"]}, media=(red, webp))
    lost = list(paper.write([item], tmp_path / "a.docx"))
    assert [(one.where, one.level, one.code) for one in lost] == [("7", Level.WARNING, "media_left_out")] * 2
    [inline] = docx.Document(str(tmp_path / "a.docx")).inline_shapes
    assert inline.width.mm < 121
    assert inline._inline.docPr.get("descr") == "红条"


def test_a_case_prints_its_questions_with_their_points(tmp_path: Path) -> None:
    list(paper.write([CASE], tmp_path / "a.docx", with_key=False))
    told_ = texts(tmp_path / "a.docx")
    assert "1. 某团队上线一周收到投诉。" in told_
    assert "（1）先做什么？（2分）" in told_
    assert "（2）怎样改进？（3分）" in told_


def test_a_hotspot_prints_its_picture_and_its_areas_in_the_key(tmp_path: Path) -> None:
    red = picture()
    shown = {"digest": red.digest, "media_type": "image/png", "width": 4000, "height": 50, "alt": "红条"}
    key = {"areas": [{"shape": "CIRCLE", "coords": [5, 5, 3]}]}
    item = ReadItem("1", ItemType.HOTSPOT, {"stem": "点出左端。", "picture": shown, "points": 1}, key, media=(red,))
    assert list(paper.write([item], tmp_path / "a.docx")) == []
    assert "1. CIRCLE [5, 5, 3]" in texts(tmp_path / "a.docx")
    assert len(docx.Document(str(tmp_path / "a.docx")).inline_shapes) == 1
