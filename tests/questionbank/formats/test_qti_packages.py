from pathlib import Path
from zipfile import ZipFile

import pytest
import qti
from items import every_type
from qti import choice, item, package, response

from questionbank.interchange import reading
from questionbank.interchange.model import Event, Format, Level, Problem, ReadItem, Refused, Unsupported
from questionbank.kinds import Difficulty

METALS = {"A": "铜", "B": "橡胶"}
ITEM = item(response(["A"]), choice(METALS, prompt="导体是？"))


def resource(name: str = "items/q.xml", kind: str = "imsqti_item_xmlv2p2", inner: str = "") -> str:
    return f'<resource identifier="r" type="{kind}" href="{name}">{inner}</resource>'


def events(path: Path) -> list[Event]:
    return list(reading.read(path).events)


def items(path: Path) -> list[ReadItem]:
    return [event for event in events(path) if isinstance(event, ReadItem)]


LOM = """<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>
   <identifier><catalog>TAO</catalog><entry>i123</entry></identifier>
   <title><string language="zh">导体</string></title><keyword><string>材料</string></keyword>
   <keyword><string>入门</string></keyword>
  </general><educational><difficulty><source>LOMv1.0</source><value>difficult</value></difficulty></educational>
  <rights><copyrightAndOtherRestrictions><source>LOMv1.0</source><value>yes</value></copyrightAndOtherRestrictions>
   <description><string>CC BY 4.0</string></description></rights>
  <classification><purpose><source>LOMv1.0</source><value>educational objective</value></purpose>
   <taxonPath><taxon><entry><string>电工</string></entry></taxon><taxon><entry><string>导体</string></entry></taxon></taxonPath>
  </classification></lom></metadata>"""


def test_metadata_gives_difficulty_tags_and_the_knowledge_point(tmp_path: Path) -> None:
    (read,) = items(package(tmp_path / "p.zip", resource(inner=LOM), {"items/q.xml": ITEM}))
    assert read.difficulty == Difficulty.HARD
    assert read.tags == ("材料", "入门")
    assert read.knowledge_point == "电工/导体"
    assert read.where == "items/q.xml"


def test_metadata_without_a_field_in_the_bank_is_kept(tmp_path: Path) -> None:
    (read,) = items(package(tmp_path / "p.zip", resource(inner=LOM), {"items/q.xml": ITEM}))
    assert read.extras["catalogued"] == {"TAO": "i123"}
    assert "CC BY 4.0" in read.extras["rights"]
    assert read.extras["title"] == "导体"


def test_metadata_of_older_packages_is_read_alike(tmp_path: Path) -> None:
    lom = """<metadata><lom xmlns="http://www.imsglobal.org/xsd/imsmd_v1p2"><general><catalogentry><catalog>Old</catalog>
      <entry><langstring>7</langstring></entry></catalogentry><keyword><langstring>metal</langstring></keyword></general>
      <educational><difficulty><value><langstring>very easy</langstring></value></difficulty></educational>
      </lom></metadata>"""
    (read,) = items(package(tmp_path / "p.zip", resource(inner=lom), {"items/q.xml": ITEM}))
    assert (read.difficulty, read.tags, read.extras["catalogued"]) == (Difficulty.EASY, ("metal",), {"Old": "7"})


def test_a_shared_stimulus_stands_before_the_question_with_its_pictures(tmp_path: Path) -> None:
    stimulus = """<assessmentStimulus xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="s" title="S">
      <stimulusBody><p>看图回答。</p><img src="../pictures/panel%201.png" alt="面板"/></stimulusBody>
      </assessmentStimulus>"""
    reference = '<assessmentStimulusRef identifier="s" href="../texts/s.xml"/><itemBody>'
    files = {
        "items/q.xml": ITEM.replace("<itemBody>", reference),
        "texts/s.xml": stimulus,
        "pictures/panel 1.png": every_type.GAUGE.data,
    }
    resources = resource() + resource("texts/s.xml", "imsqti_stimulus_xmlv2p2")
    (read,) = items(package(tmp_path / "p.zip", resources, files))
    assert read.content["stem"] == "看图回答。\n导体是？"
    assert read.content["media"] == [every_type.shown(every_type.GAUGE, "面板")]
    assert read.media[0].name == "pictures/panel 1.png"


def test_a_stimulus_that_is_missing_is_a_warning(tmp_path: Path) -> None:
    reference = '<assessmentStimulusRef identifier="s" href="gone.xml"/><itemBody>'
    path = package(tmp_path / "p.zip", resource(), {"items/q.xml": ITEM.replace("<itemBody>", reference)})
    warning, read = events(path)
    assert warning == Problem("items/q.xml", Level.WARNING, "stimulus_missing", "gone.xml")
    assert isinstance(read, ReadItem)


def test_how_often_a_sound_may_be_played_is_kept(tmp_path: Path) -> None:
    player = """<mediaInteraction responseIdentifier="M" autostart="false" maxPlays="2">
      <object data="a.mp3" type="audio/mpeg"/></mediaInteraction>"""
    text = item(response(["A"]) + response([], "M", kind="integer"), player + choice(METALS, prompt="听"))
    path = package(tmp_path / "p.zip", resource(), {"items/q.xml": text, "items/a.mp3": every_type.SOUND.data})
    (read,) = items(path)
    assert read.content["media"] == [every_type.shown(every_type.SOUND, plays=2)]


def test_a_paper_is_named_and_its_items_are_read_one_by_one(tmp_path: Path) -> None:
    paper = '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="t" title="T"/>'
    resources = resource("test.xml", "imsqti_test_xmlv2p2") + resource() + resource("style.css", "webcontent")
    path = package(tmp_path / "p.zip", resources, {"test.xml": paper, "items/q.xml": ITEM, "style.css": "p {}"})
    test, read = events(path)
    assert isinstance(test, Unsupported)
    assert (test.where, test.kind) == ("test.xml", "test")
    assert isinstance(read, ReadItem)
    assert reading.report(reading.read(path)) == {
        "format": Format.QTI22,
        "items": 1,
        "by_type": {"SINGLE_CHOICE": 1},
        "unsupported": [{"where": "test.xml", "kind": "test", "detail": "a paper; its items are read one by one"}],
        "warnings": [],
        "errors": [],
    }


def test_a_package_within_a_folder_is_read_from_there(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "p.zip", "w") as target:
        target.writestr("bank/imsmanifest.xml", f"<manifest><resources>{resource()}</resources></manifest>")
        target.writestr("bank/items/q.xml", ITEM)
    assert [read.where for read in items(tmp_path / "p.zip")] == ["bank/items/q.xml"]


def test_a_package_without_a_manifest_is_read_file_by_file(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "p.zip", "w") as target:
        target.writestr("b.xml", ITEM)
        target.writestr("a.xml", ITEM)
    assert [read.where for read in items(tmp_path / "p.zip")] == ["b.xml", "a.xml"]


def test_one_malformed_item_is_an_error_at_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    resources = resource("broken.xml") + resource()
    broken = ITEM.replace("</choiceInteraction>", "")
    problem, read = events(package(tmp_path / "p.zip", resources, {"broken.xml": broken, "items/q.xml": ITEM}))
    assert isinstance(problem, Problem)
    assert (problem.where, problem.level, problem.code) == ("broken.xml", Level.ERROR, "xml_malformed")
    assert problem.detail.startswith("line 3: ")
    assert isinstance(read, ReadItem)


def test_an_item_that_the_package_lacks_is_an_error(tmp_path: Path) -> None:
    (problem,) = events(package(tmp_path / "p.zip", resource("gone.xml"), {}))
    assert isinstance(problem, Problem)
    assert (problem.where, problem.level, problem.code) == ("gone.xml", Level.ERROR, "file_missing")


def test_an_address_does_not_lead_out_of_the_package(tmp_path: Path) -> None:
    outside = item(response(["A"]), f'<p><img src="../../../../etc/passwd" alt="x"/></p>{choice(METALS, prompt="?")}')
    warning, read = events(package(tmp_path / "p.zip", resource(), {"items/q.xml": outside}))
    assert isinstance(warning, Problem)
    assert warning.code == "media_missing"
    assert isinstance(read, ReadItem)
    assert read.media == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("</itemBody>", "", "xml_malformed"),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="UTF-8" ?', "xml_malformed"),
        ("?>", '?><!DOCTYPE assessmentItem [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "xml_unsafe"),
        (
            "?>",
            '?><!DOCTYPE assessmentItem [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            "xml_unsafe",
        ),
    ],
)
def test_a_single_file_that_is_broken_or_hostile_is_refused(old: str, new: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "item.xml"
    path.write_text(ITEM.replace(old, new, 1), "utf-8")
    with pytest.raises(Refused) as refusal:
        events(path)
    assert refusal.value.code == code


def test_a_hostile_item_refuses_its_package(tmp_path: Path) -> None:
    hostile = ITEM.replace("?>", '?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1)
    with pytest.raises(Refused) as refusal:
        events(package(tmp_path / "p.zip", resource(), {"items/q.xml": hostile}))
    assert refusal.value.code == "xml_unsafe"


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/outside.xml", "..\\outside.xml", "C:\\outside.xml"])
def test_a_member_that_would_lie_outside_refuses_the_package(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        events(package(tmp_path / "p.zip", resource(), {"items/q.xml": ITEM, name: "x"}))
    assert refusal.value.code == "archive_unsafe_name"


def test_a_bomb_refuses_the_package(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with ZipFile(path, "w", 8) as target:
        target.writestr("imsmanifest.xml", f"<manifest><resources>{resource()}</resources></manifest>")
        target.writestr("items/q.xml", ITEM.encode() + b" " * 50_000_000)
    with pytest.raises(Refused) as refusal:
        events(path)
    assert refusal.value.code == "archive_bomb"


def test_a_member_of_a_gigabyte_refuses_the_package(tmp_path: Path) -> None:
    path = package(tmp_path / "p.zip", resource(), {"items/q.xml": ITEM})
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1024**3).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(Refused) as refusal:
        events(path)
    assert refusal.value.code == "archive_too_large"


def test_a_package_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "p.zip", resource(), {"items/q.xml": ITEM})
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Refused) as refusal:
        events(path)
    assert refusal.value.code == "archive_damaged"


def test_what_is_only_named_a_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_text(ITEM, "utf-8")
    with pytest.raises(Refused) as refusal:
        events(path)
    assert refusal.value.code == "wrong_magic"


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep = item(response(["A"]), "<div>" * 5000 + "</div>" * 5000)
    path = tmp_path / "item.xml"
    path.write_text(deep, "utf-8")
    with pytest.raises(Refused):
        events(path)


def test_everything_is_said_in_the_encoding_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "item.xml"
    path.write_bytes(ITEM.replace("UTF-8", "GB18030").encode("gb18030"))
    assert items(path)[0].content["stem"] == "导体是？"
    assert qti.read(ITEM, tmp_path).content["stem"] == "导体是？"
