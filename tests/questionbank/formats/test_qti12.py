from pathlib import Path
from zipfile import ZipFile

import pytest
from items import every_type

from questionbank.interchange import reading
from questionbank.interchange.model import Event, Format, Level, Problem, ReadItem, Unsupported
from questionbank.kinds import Difficulty, ItemType

FILES = Path(__file__).parent / "files" / "qti"
PANEL = every_type.GAUGE


def events(path: Path) -> list[Event]:
    read = reading.read(path)
    assert read.format == Format.QTI12
    return list(read.events)


def items(path: Path) -> dict[str, ReadItem]:
    return {event.external_id: event for event in events(path) if isinstance(event, ReadItem)}


def canvas_export(folder: Path, assessment: str = "g0001/g0001.xml") -> Path:
    """A package as Canvas makes it: the questions, what describes the quiz under the root <quiz>, and the pictures."""
    package = folder / "canvas.zip"
    manifest = f"""<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="m"><resources>
      <resource identifier="g0001" type="imsqti_xmlv1p2"><file href="{assessment}"/>
        <dependency identifierref="g0002"/></resource>
      <resource identifier="g0002" type="associatedcontent/imscc_xmlv1p1/learning-application-resource"
        href="g0001/assessment_meta.xml"><file href="g0001/assessment_meta.xml"/></resource>
      <resource identifier="g0003" type="webcontent" href="pictures/panel.png"/></resources></manifest>"""
    meta = '<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0" identifier="g0001"><title>用电安全</title></quiz>'
    with ZipFile(package, "w") as target:
        target.writestr("imsmanifest.xml", manifest)
        target.writestr("g0001/assessment_meta.xml", meta)
        target.writestr("g0001/g0001.xml", (FILES / "canvas.xml").read_bytes())
        target.writestr("pictures/panel.png", PANEL.data)
    return package


def test_the_questions_of_a_canvas_export_become_items_of_their_types(tmp_path: Path) -> None:
    read = items(canvas_export(tmp_path))
    assert {name: (item.type, item.key) for name, item in read.items()} == {
        "g-single": (ItemType.SINGLE_CHOICE, {"right": ["a"]}),
        "g-truth": (ItemType.TRUE_FALSE, {"value": True}),
        "g-multiple": (ItemType.MULTIPLE_CHOICE, {"right": ["a", "c"]}),
        "g-short": (ItemType.FILL_IN, {"blanks": [["伏特", "V"]]}),
        "g-blanks": (ItemType.FILL_IN, {"blanks": [["red"], ["blue", "violet"]]}),
        "g-dropdowns": (ItemType.INLINE_CHOICE, {"gaps": ["b", "a"]}),
        "g-matching": (ItemType.MATCHING, {"pairs": {"a": "b", "b": "a"}}),
        "g-number": (ItemType.NUMERIC, {"value": "1.414", "tolerance": "0.01"}),
        "g-essay": (ItemType.SHORT_ANSWER, {"reference": "", "points": []}),
    }


def test_a_picture_of_a_canvas_course_comes_along_with_its_question(tmp_path: Path) -> None:
    item = items(canvas_export(tmp_path))["g-single"]
    assert [medium.digest for medium in item.media] == [PANEL.digest]
    assert item.content["media"] == [every_type.shown(PANEL, "三种灭火器")]
    assert item.content["stem"] == "灭火时应先切断电源，图中哪种灭火器可用于带电设备？"
    assert item.explanation == "二氧化碳不导电。"
    assert item.points == "2.0"
    assert item.extras == {"title": "Question 1", "metadata": {"calculator_type": "none"}}


def test_names_in_brackets_become_the_blanks_of_the_stem(tmp_path: Path) -> None:
    read = items(canvas_export(tmp_path))
    assert read["g-blanks"].content["stem"] == "Roses are ____, violets are ____."
    assert read["g-dropdowns"].content["stem"] == "串联电路中 ____ 相等，并联电路中 ____ 相等。"
    assert read["g-short"].content["stem"] == "电压的单位是什么？ ____"


def test_what_canvas_computes_is_kept_as_source(tmp_path: Path) -> None:
    kept = [event for event in events(canvas_export(tmp_path)) if isinstance(event, Unsupported)]
    assert [(event.where.partition("#")[2], event.kind) for event in kept] == [("g-formula", "formula")]
    assert "What is 5 plus [x]?" in kept[0].source


def test_an_essay_without_an_answer_and_a_question_that_lies_in_another_bank_are_warnings(tmp_path: Path) -> None:
    problems = [event for event in events(canvas_export(tmp_path)) if isinstance(event, Problem)]
    assert [(one.level, one.code) for one in problems] == [
        (Level.WARNING, "formatting_dropped"),
        (Level.WARNING, "no_reference"),
        (Level.WARNING, "bank_reference"),
    ]
    assert "g-bank-7" in problems[2].detail


def test_a_file_that_the_manifest_names_and_the_package_lacks_is_an_error(tmp_path: Path) -> None:
    (problem,) = events(canvas_export(tmp_path, "g0001/gone.xml"))
    assert isinstance(problem, Problem)
    assert (problem.where, problem.level, problem.code) == ("g0001/gone.xml", Level.ERROR, "file_missing")


def test_a_document_that_breaks_off_gives_the_items_before_and_the_place(tmp_path: Path) -> None:
    whole = (FILES / "canvas.xml").read_text("utf-8")
    package = tmp_path / "broken.zip"
    with ZipFile(package, "w") as target:
        target.writestr("quiz.xml", whole[: whole.index('<item ident="g-multiple"') + 100])
    read = events(package)
    assert [event.external_id for event in read if isinstance(event, ReadItem)] == ["g-single", "g-truth"]
    problem = read[-1]
    assert isinstance(problem, Problem)
    assert (problem.where, problem.level, problem.code) == ("quiz.xml", Level.ERROR, "xml_malformed")
    assert problem.detail.startswith("line 4")


def test_a_common_cartridge_gives_weights_a_solution_and_its_points() -> None:
    read = items(FILES / "common_cartridge.xml")
    assert read["cc-weighted"].key == {
        "right": ["a", "b"],
        "scoring": {"mode": "MAP", "weights": {"a": "0.5", "b": "0.5", "c": "-0.25"}, "least": "0"},
    }
    assert read["cc-weighted"].points == "4"
    assert read["cc-essay"].type == ItemType.EXTENDED_ANSWER
    assert read["cc-essay"].key["reference"] == "把故障电流导入大地，降低接触电压。"
    assert read["cc-essay"].explanation == ""


def test_a_pattern_that_an_answer_must_match_is_kept_as_source() -> None:
    (kept,) = [event for event in events(FILES / "common_cartridge.xml") if isinstance(event, Unsupported)]
    assert (kept.where, kept.kind) == ("common_cartridge.xml#cc-pattern", "pattern")


def test_canvas_questions_beside_a_cartridge_are_read_in_its_place(tmp_path: Path) -> None:
    package = tmp_path / "course.imscc"
    manifest = """<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="m"><resources>
      <resource identifier="g1" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">
        <file href="g1/assessment_qti.xml"/></resource>
      <resource identifier="g2" type="associatedcontent/imscc_xmlv1p1/learning-application-resource"
        href="non_cc_assessments/g1.xml.qti"/></resources></manifest>"""
    with ZipFile(package, "w") as target:
        target.writestr("imsmanifest.xml", manifest)
        target.writestr("g1/assessment_qti.xml", (FILES / "common_cartridge.xml").read_bytes())
        target.writestr("non_cc_assessments/g1.xml.qti", (FILES / "canvas.xml").read_bytes())
    assert len(items(package)) == 9


def test_plain_documents_with_an_old_document_type_are_read() -> None:
    read = items(FILES / "plain12.xml")
    assert read["order"].key == {"order": ["a", "c", "b"]}
    assert read["order"].difficulty == Difficulty.HARD
    assert read["order"].tags == ("安全", "检修")
    assert read["order"].extras["metadata"] == {"qmd_topic": "停电"}
    assert read["fixed"].content["fixed"] == ["c"]
    assert [match["text"] for match in read["group"].content["matches"]] == ["France", "Italy"]
    assert read["group"].key == {"pairs": {"a": "a", "b": "b"}}


def test_responses_of_several_kinds_become_the_parts_of_a_composite() -> None:
    mixed = items(FILES / "plain12.xml")["mixed"]
    assert mixed.type == ItemType.COMPOSITE
    assert mixed.content["stem"] == "A resistor of 4 Ω lies at 12 V."
    assert [part["content"]["stem"] for part in mixed.content["parts"]] == [
        "How many amperes flow?",
        "What does it give off?",
    ]
    assert mixed.key == {"parts": {"p1": {"value": "3", "tolerance": "0.1"}, "p2": {"right": ["a"]}}}


HOTSPOT = """<questestinterop><item ident="spot"><presentation><material><mattext>Mark the valve.</mattext></material>
  <response_xy ident="p"><render_hotspot><material><matimage uri="panel.png" label="A panel"/></material>
   <response_label ident="valve" rarea="{shape}">{coords}</response_label>
   <response_label ident="pipe" rarea="Rectangle">1,1,5,5</response_label>
  </render_hotspot></response_xy></presentation><resprocessing><outcomes><decvar/></outcomes><respcondition>
  <conditionvar><varequal respident="p">valve</varequal></conditionvar><setvar>1</setvar></respcondition>
  </resprocessing>
  </item></questestinterop>"""


@pytest.mark.parametrize(
    ("shape", "coords", "area"),
    [
        ("Rectangle", "10,20,30,40", {"shape": "RECT", "coords": [10, 20, 40, 60]}),
        ("Ellipse", "50,60,20,20", {"shape": "CIRCLE", "coords": [50, 60, 10]}),
        ("Bounded", "0,0 40,0 20,30", {"shape": "POLYGON", "coords": [0, 0, 40, 0, 20, 30]}),
    ],
)
def test_areas_of_a_picture_keep_their_place(shape: str, coords: str, area: object, tmp_path: Path) -> None:
    package = tmp_path / "spot.zip"
    with ZipFile(package, "w") as target:
        target.writestr("spot.xml", HOTSPOT.format(shape=shape, coords=coords))
        target.writestr("panel.png", PANEL.data)
    spot = items(package)["spot"]
    assert spot.key == {"areas": [area]}
    assert spot.content["picture"] == {
        "digest": PANEL.digest,
        "media_type": "image/png",
        "width": 400,
        "height": 300,
        "alt": "A panel",
    }


def test_an_ellipse_that_is_no_circle_is_kept_as_source(tmp_path: Path) -> None:
    package = tmp_path / "spot.zip"
    with ZipFile(package, "w") as target:
        target.writestr("spot.xml", HOTSPOT.format(shape="Ellipse", coords="50,60,20,30"))
        target.writestr("panel.png", PANEL.data)
    (kept,) = events(package)
    assert isinstance(kept, Unsupported)
    assert kept.kind == "shape"


BLACKBOARD = """<questestinterop><assessment title="Pool"><section>
 <item maxattempts="0"><itemmetadata><bbmd_asi_object_id>_1</bbmd_asi_object_id>
   <bbmd_questiontype>Multiple Choice</bbmd_questiontype>
   <qmd_absolutescore_max>5.0</qmd_absolutescore_max></itemmetadata>
  <presentation><flow class="Block"><flow class="QUESTION_BLOCK"><flow class="FORMATTED_TEXT_BLOCK"><material>
    <mat_extension><mat_formattedtext type="HTML">&lt;p&gt;哪种灯最省电？&lt;/p&gt;</mat_formattedtext></mat_extension>
   </material></flow></flow><flow class="RESPONSE_BLOCK"><response_lid ident="response" rcardinality="Single">
   <render_choice shuffle="Yes"><flow_label class="Block"><response_label ident="a1"><flow_mat><material>
     <mat_extension><mat_formattedtext type="HTML">白炽灯</mat_formattedtext></mat_extension>
     </material></flow_mat></response_label></flow_label>
    <flow_label class="Block"><response_label ident="a2"><flow_mat><material>
     <mat_extension><mat_formattedtext type="HTML">LED 灯</mat_formattedtext></mat_extension>
     </material></flow_mat></response_label></flow_label>
   </render_choice></response_lid></flow></flow></presentation>
  <resprocessing scoremodel="SumOfScores"><outcomes><decvar varname="SCORE" maxvalue="5.0"/></outcomes>
   <respcondition title="correct"><conditionvar><varequal respident="response">a2</varequal></conditionvar>
    <setvar variablename="SCORE" action="Set">SCORE.max</setvar></respcondition>
   <respcondition title="incorrect"><conditionvar><other/></conditionvar>
    <setvar variablename="SCORE" action="Set">0</setvar></respcondition></resprocessing></item></section></assessment>
</questestinterop>"""


def test_a_blackboard_pool_is_read(tmp_path: Path) -> None:
    manifest = """<manifest xmlns:bb="http://www.blackboard.com/content-packaging/"><resources>
      <resource identifier="res1" type="assessment/x-bb-qti-pool" bb:file="res1.dat"/></resources></manifest>"""
    with ZipFile(tmp_path / "pool.zip", "w") as target:
        target.writestr("imsmanifest.xml", manifest)
        target.writestr("res1.dat", BLACKBOARD)
    (read,) = [event for event in events(tmp_path / "pool.zip") if isinstance(event, ReadItem)]
    assert read.content["stem"] == "哪种灯最省电？"
    assert [option["text"] for option in read.content["options"]] == ["白炽灯", "LED 灯"]
    assert (read.key, read.points) == ({"right": ["b"]}, "5.0")
