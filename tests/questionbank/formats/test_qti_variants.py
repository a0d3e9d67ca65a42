"""Items and packages of QTI in the shapes in which TAO, Canvas, Blackboard and others write them."""

from pathlib import Path
from zipfile import ZipFile

import pytest
import qti
from items import every_type
from qti import V2P1, choice, entry, item, response

from questionbank.interchange import reading
from questionbank.interchange.model import Event, Problem, ReadItem
from questionbank.kinds import ItemType

METALS = {"cu": "铜", "fe": "铁"}
MAPPED = '<mapping defaultValue="-1" lowerBound="0"><mapEntry mapKey="cu" mappedValue="2"/></mapping>'
PNG = every_type.picture("red").data


def only(events: list[Event]) -> ReadItem:
    (found,) = [event for event in events if isinstance(event, ReadItem)]
    return found


def packed(path: Path, files: dict[str, str | bytes]) -> list[Event]:
    with ZipFile(path, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return list(reading.read(path).events)


@pytest.mark.parametrize(
    "host", ["http://www.imsglobal.org", "https://www.imsglobal.org", "http://www.imsglobal.org:80"]
)
@pytest.mark.parametrize("ending", ["", ".xml", "/"])
def test_a_template_is_known_by_its_last_word(tmp_path: Path, host: str, ending: str) -> None:
    template = f'<responseProcessing template="{host}/question/qti_v2p1/rptemplates/match_correct{ending}"/>'
    read = qti.read(item(response(["cu"]), choice(METALS, prompt="导体？"), template), tmp_path)
    assert read.key == {"right": ["a"]}


def test_what_a_mapping_gives_by_default_counts_for_the_other_options(tmp_path: Path) -> None:
    declared = response(["cu"], cardinality="multiple").replace(
        "</responseDeclaration>", f"{MAPPED}</responseDeclaration>"
    )
    read = qti.read(
        item(declared, choice(METALS, prompt="?").replace('maxChoices="1"', 'maxChoices="0"'), qti.MAP_RESPONSE),
        tmp_path,
    )
    assert read.key["scoring"] == {"mode": "MAP", "weights": {"a": "1", "b": "-0.5"}, "least": "0"}


def test_several_correct_values_of_one_entry_are_all_accepted(tmp_path: Path) -> None:
    declared = response(["伏特", "V"], kind="string")
    assert qti.read(item(declared, f"<p>单位是 {entry()}</p>"), tmp_path).key["blanks"] == [["伏特", "V"]]


def test_character_data_and_entities_of_html_within_it_are_text(tmp_path: Path) -> None:
    body = "<p><![CDATA[1 < 2 & 3]]> &lt;b&gt; &#x3A9;</p>" + choice({"cu": "<![CDATA[铜&铁]]>", "fe": "铁"})
    read = qti.read(item(response(["cu"]), body), tmp_path)
    assert read.content["stem"] == "1 < 2 & 3 <b> Ω"
    assert read.content["options"][0]["text"] == "铜&铁"


def test_a_mark_of_byte_order_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "item.xml"
    path.write_bytes(b"\xef\xbb\xbf" + item(response(["cu"]), choice(METALS, prompt="?")).encode())
    assert only(list(reading.read(path).events)).type is ItemType.SINGLE_CHOICE


def test_the_locations_of_schemas_say_nothing_of_the_item(tmp_path: Path) -> None:
    more = f"""xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{V2P1}
      {V2P1}.xsd http://www.w3.org/1998/Math/MathML http://www.w3.org/Math/XMLSchema/mathml2/mathml2.xsd" """
    read = qti.read(item(response(["cu"]), choice(METALS, prompt="?"), more=more), tmp_path)
    assert "xsi" not in str(read.extras)


@pytest.mark.parametrize("folder", ["", "course/export/"])
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("../images/%E5%9B%BE%20%E7%89%87.png", "images/图 片.png"),
        ("../images/图 片.png", "images/图 片.png"),
        ("../images/a%20b.png", "images/a%20b.png"),
        ("..\\images\\a.png", "images/a.png"),
        ("../Images/A.PNG", "images/a.png"),
    ],
)
def test_a_picture_is_found_however_its_address_is_written(
    tmp_path: Path, folder: str, address: str, name: str
) -> None:
    text = item(response(["cu"]), f'<p>?<img src="{address}" alt="图"/></p>' + choice(METALS))
    resource = (
        '<resource identifier="r" type="imsqti_item_xmlv2p1" href="items/q.xml"><file href="items/q.xml"/></resource>'
    )
    manifest = f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{resource}</resources></manifest>'
    files = {f"{folder}imsmanifest.xml": "\ufeff" + manifest, f"{folder}items/q.xml": text, f"{folder}{name}": PNG}
    events = packed(tmp_path / "a.zip", files)
    assert not [event for event in events if isinstance(event, Problem)], events
    assert len(only(events).media) == 1


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_picture_is_found_in_a_package_that_does_not_say_its_encoding(tmp_path: Path, encoding: str) -> None:
    text = item(response(["cu"]), '<p>?<img src="图/一.png" alt="图"/></p>' + choice(METALS))
    events = packed(tmp_path / "a.zip", {"q.xml": text, "图/一.png".encode(encoding).decode("cp437"): PNG})
    assert len(only(events).media) == 1


def test_lists_within_a_text_keep_their_words(tmp_path: Path) -> None:
    gap = """<inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle="true" required="true">
      <label>选一个</label><inlineChoice identifier="cu" fixed="true">铜</inlineChoice>
      <inlineChoice identifier="fe"><span>铁</span></inlineChoice></inlineChoiceInteraction>"""
    read = qti.read(item(response(["fe"]), f"<p>磁铁吸 {gap}。</p>"), tmp_path)
    assert {one["text"]: one["id"] in read.key["gaps"] for one in read.content["gaps"][0]} == {"铜": False, "铁": True}
    assert read.content["stem"] == "磁铁吸 ____。"


TAO = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" xmlns:m="http://www.w3.org/1998/Math/MathML"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p2
  http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd" identifier="i17" title="Item 1" label="Item 1"
  xml:lang="zh-CN" adaptive="false" timeDependent="false" toolName="TAO" toolVersion="2024.06">
<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
  <correctResponse><value><![CDATA[choice_1]]></value><value><![CDATA[choice_3]]></value></correctResponse>
</responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="1"/>
<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">
  <defaultValue><value>1</value></defaultValue></outcomeDeclaration>
<stylesheet href="style/custom/tao-user-styles.css" type="text/css" media="all" title=""/>
<itemBody><div class="grid-row"><div class="col-12">
  <choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="0" minChoices="0" orientation="vertical">
    <prompt>哪些是 <m:math><m:semantics><m:mrow><m:mi>x</m:mi></m:mrow>
      <m:annotation encoding="latex">x^2</m:annotation></m:semantics></m:math> 的值？</prompt>
    <simpleChoice identifier="choice_1" fixed="false" showHide="show">1</simpleChoice>
    <simpleChoice identifier="choice_2" fixed="false" showHide="show">2</simpleChoice>
    <simpleChoice identifier="choice_3" fixed="false" showHide="show">4</simpleChoice>
  </choiceInteraction></div></div></itemBody>
<responseProcessing>
  <responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
    <setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>
    <baseValue baseType="float">1</baseValue></sum></setOutcomeValue></responseIf></responseCondition>
  <responseCondition><responseIf><gte><variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></gte>
    <setOutcomeValue identifier="PASSED"><baseValue baseType="boolean">true</baseValue></setOutcomeValue></responseIf>
  </responseCondition>
</responseProcessing></assessmentItem>"""


def test_an_item_of_tao_with_its_styles_rows_and_formulas_is_read(tmp_path: Path) -> None:
    read = only(qti.events(TAO, tmp_path))
    assert (read.type, read.key["right"], read.points) == (ItemType.MULTIPLE_CHOICE, ["a", "c"], "1")
    assert read.content["stem"] == "哪些是 \\(x^2\\) 的值？"


BLACKBOARD = """<questestinterop><assessment title="Pool"><section>
<item title="" maxattempts="0"><itemmetadata><bbmd_asi_object_id>_1_1</bbmd_asi_object_id>
  <bbmd_questiontype>Multiple Choice</bbmd_questiontype>
  <qmd_absolutescore_max>10.0</qmd_absolutescore_max></itemmetadata>
<presentation><flow class="Block"><flow class="QUESTION_BLOCK"><flow class="FORMATTED_TEXT_BLOCK"><material>
  <mat_extension><mat_formattedtext type="HTML">&lt;p&gt;看图&amp;nbsp;回答
    &lt;img alt="火星" src="@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-4060915_1"&gt;&lt;/p&gt;</mat_formattedtext>
  </mat_extension></material></flow></flow>
  <flow class="RESPONSE_BLOCK"><response_lid ident="response" rcardinality="Single" rtiming="No">
    <render_choice shuffle="No">
    <flow_label class="Block"><response_label ident="aa" shuffle="Yes"><flow_mat class="FORMATTED_TEXT_BLOCK"><material>
      <mat_extension><mat_formattedtext type="HTML">火星</mat_formattedtext></mat_extension></material></flow_mat>
      </response_label></flow_label>
    <flow_label class="Block"><response_label ident="bb" shuffle="Yes"><flow_mat class="FORMATTED_TEXT_BLOCK"><material>
      <mat_extension><mat_formattedtext type="HTML">木星</mat_formattedtext></mat_extension></material></flow_mat>
      </response_label></flow_label>
    </render_choice></response_lid></flow></flow></presentation>
<resprocessing scoremodel="SumOfScores"><outcomes><decvar varname="SCORE" vartype="Decimal" minvalue="0.0"/></outcomes>
  <respcondition title="correct"><conditionvar><varequal respident="response" case="No">aa</varequal></conditionvar>
    <setvar variablename="SCORE" action="Set">SCORE.max</setvar><displayfeedback linkrefid="correct"/></respcondition>
  <respcondition title="incorrect"><conditionvar><other/></conditionvar>
    <setvar variablename="SCORE" action="Set">0.0</setvar></respcondition></resprocessing></item>
<item title="" maxattempts="0"><itemmetadata><bbmd_questiontype>Essay</bbmd_questiontype></itemmetadata>
<presentation><flow class="Block"><flow class="QUESTION_BLOCK"><flow class="FORMATTED_TEXT_BLOCK"><material>
  <mat_extension><mat_formattedtext type="HTML">为什么？</mat_formattedtext></mat_extension></material></flow></flow>
  </flow></presentation></item>
</section></assessment></questestinterop>"""


def test_a_pool_of_blackboard_brings_its_pictures_by_their_numbers_and_essays_without_a_response(
    tmp_path: Path,
) -> None:
    resource = (
        '<resource bb:file="res00001.dat" identifier="res00001" type="assessment/x-bb-qti-pool" xml:base="res00001"/>'
    )
    other = (
        '<resource bb:file="res00002.dat" identifier="res00002" type="course/x-bb-coursesetting" xml:base="res00002"/>'
    )
    manifest = f"""<?xml version="1.0" encoding="UTF-8"?><manifest identifier="man00001"
      xmlns:bb="http://www.blackboard.com/content-packaging/"><organizations/><resources>{other}{resource}</resources></manifest>"""
    files = {
        "imsmanifest.xml": "\ufeff" + manifest,
        ".bb-package-info": "cx.package.info.version=6.0\n",
        "res00001.dat": '\ufeff<?xml version="1.0" encoding="UTF-8"?>' + BLACKBOARD,
        "res00002.dat": "<course/>",
        "csfiles/home_dir/Pictures__xid-4060800_1/mars__xid-4060915_1.png": PNG,
    }
    events = packed(tmp_path / "pool.zip", files)
    mars, why = [event for event in events if isinstance(event, ReadItem)]
    assert (mars.type, mars.content["stem"], mars.key) == (ItemType.SINGLE_CHOICE, "看图 回答", {"right": ["a"]})
    assert [medium.media_type for medium in mars.media] == ["image/png"]
    assert (why.type, why.content["stem"], why.key["reference"]) == (ItemType.SHORT_ANSWER, "为什么？", "")
