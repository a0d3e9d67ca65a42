from pathlib import Path

import pytest
import qti
from qti import choice, earn, entry, item, processing, response

from questionbank.interchange import reading
from questionbank.interchange.model import Format, Problem, ReadItem
from questionbank.kinds import ItemType

METALS = {"A": "铜", "B": "橡胶"}
TWO = response(["A"], "R1") + response(["2"], "R2", kind="float")
RULES = processing(earn("R1", 2), earn("R2", 1, "equal", 'toleranceMode="absolute" tolerance="0.5"'))


def test_several_interactions_become_parts_that_share_the_text_before_them(tmp_path: Path) -> None:
    body = f"<p>某电路如下。</p>{choice(METALS, 'R1', prompt='导体是？')}<p>两数之和为 {entry('R2')}。</p><p>（完）</p>"
    read = qti.read(item(TWO, body, RULES), tmp_path)
    assert read.type == ItemType.COMPOSITE
    assert read.content["stem"] == "某电路如下。\n（完）"
    assert [(part["type"], part["share"]) for part in read.content["parts"]] == [("SINGLE_CHOICE", 2), ("NUMERIC", 1)]
    assert [part["content"]["stem"] for part in read.content["parts"]] == ["导体是？", "两数之和为 ____。"]
    assert read.key == {"parts": {"p1": {"right": ["a"]}, "p2": {"value": "2", "tolerance": "0.5"}}}


def test_the_text_right_before_an_interaction_without_a_prompt_is_its_question(tmp_path: Path) -> None:
    body = f"<div><p>共用材料</p><p>第一问</p>{choice(METALS, 'R1')}</div><p>第二问</p><p>{entry('R2')}</p>"
    read = qti.read(item(TWO, body, RULES), tmp_path)
    assert read.content["stem"] == "共用材料"
    assert [part["content"]["stem"] for part in read.content["parts"]] == ["第一问", "第二问"]


def test_blanks_and_lists_in_one_sentence_become_parts_of_their_own(tmp_path: Path) -> None:
    gap = '<inlineChoiceInteraction responseIdentifier="R2"><inlineChoice identifier="A">甲</inlineChoice>'
    gap += '<inlineChoice identifier="B">乙</inlineChoice></inlineChoiceInteraction>'
    declared = response(["V"], "R1", kind="string") + response(["B"], "R2")
    read = qti.read(
        item(declared, f"<p>单位 {entry('R1')}，选 {gap}。</p>", processing(earn("R1", 1), earn("R2", 1))), tmp_path
    )
    assert [part["type"] for part in read.content["parts"]] == ["FILL_IN", "INLINE_CHOICE"]
    stems = [part["content"]["stem"] for part in read.content["parts"]]
    assert stems == ["单位 ____，选 （…）。", "单位 （…），选 ____。"]
    assert read.content["stem"] == "Title"


def test_what_is_right_only_together_is_kept_as_source(tmp_path: Path) -> None:
    both = "".join(
        f'<match><variable identifier="{one}"/><correct identifier="{one}"/></match>' for one in ("R1", "R2")
    )
    rules = processing(
        f'<responseCondition><responseIf><and>{both}</and><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition>'
    )
    text = item(TWO, f"{choice(METALS, 'R1', prompt='?')}<p>{entry('R2')}</p>", rules)
    assert qti.kept(text, tmp_path).kind == "processing"


def test_feedback_and_null_branches_do_not_hide_a_known_score(tmp_path: Path) -> None:
    rules = processing(
        """<responseCondition><responseIf><isNull><variable identifier="R"/></isNull>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseIf>
          <responseElse>
          <setOutcomeValue identifier="SCORE"><mapResponse identifier="R"/></setOutcomeValue></responseElse>
        </responseCondition>
        <responseCondition><responseIf><gte><variable identifier="SCORE"/>
          <baseValue baseType="float">1</baseValue></gte>
          <setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">good</baseValue>
          </setOutcomeValue>
        </responseIf></responseCondition>"""
    )
    read = qti.read(item(response([], "R", mapping={"A": 3}), choice(METALS, "R", prompt="?"), rules), tmp_path)
    assert (read.key, read.points) == ({"right": ["a"]}, "3")


@pytest.mark.parametrize(
    ("body", "rules", "more", "kind"),
    [
        (
            '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/>',
            "",
            "",
            "sliderInteraction",
        ),
        ('<uploadInteraction responseIdentifier="RESPONSE"/>', "", "", "uploadInteraction"),
        ('<customInteraction responseIdentifier="RESPONSE"/>', "", "", "customInteraction"),
        ("<p>Read this.</p>", "", "", "no_interaction"),
        (choice(METALS, prompt="?"), processing("<exitResponse/>"), "", "processing"),
        (choice(METALS, prompt="?"), '<responseProcessing template="https://example.org/mine"/>', "", "processing"),
        (choice(METALS, "OTHER", prompt="?"), qti.MATCH_CORRECT, "", "undeclared_response"),
    ],
)
def test_what_the_bank_has_no_type_for_is_kept_whole(
    body: str, rules: str, more: str, kind: str, tmp_path: Path
) -> None:
    kept = qti.kept(item(response(["A"]), body, rules, more=more), tmp_path)
    assert kept.kind == kind
    assert kept.source.startswith("<assessmentItem")
    assert "itemBody" in kept.source


def test_adaptive_items_and_templates_are_kept_as_source(tmp_path: Path) -> None:
    text = item(response(["A"]), choice(METALS, prompt="?"))
    assert qti.kept(text.replace('adaptive="false"', 'adaptive="true"'), tmp_path).kind == "adaptive"
    template = '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/><itemBody>'
    assert qti.kept(text.replace("<itemBody>", template), tmp_path).kind == "template"


LOCATION = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="\n  {0}\n     {0}.xsd  "'


@pytest.mark.parametrize(
    ("namespace", "version"),
    [
        ("http://www.imsglobal.org/xsd/imsqti_v2p0", Format.QTI21),
        ("http://www.imsglobal.org/xsd/imsqti_v2p1", Format.QTI21),
        (" http://www.imsglobal.org/xsd/imsqti_v2p1 ", Format.QTI21),
        ("http://www.imsglobal.org/xsd/imsqti_v2p2", Format.QTI22),
    ],
)
def test_the_version_is_the_namespaces_however_it_is_spaced(namespace: str, version: Format, tmp_path: Path) -> None:
    path = tmp_path / "item.xml"
    text = item(
        response(["A"]), choice(METALS, prompt="?"), namespace=namespace, more=LOCATION.format(namespace.strip())
    )
    path.write_text(text, "utf-8")
    read = reading.read(path)
    assert read.format == version
    assert [event.key for event in read.events if isinstance(event, ReadItem)] == [{"right": ["a"]}]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"', ""),
        ('<?xml version="1.0" encoding="UTF-8"?>\n', ""),
        ('<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->'),
    ],
)
def test_items_without_a_namespace_or_a_declaration_are_read(old: str, new: str, tmp_path: Path) -> None:
    text = item(response(["A"]), choice(METALS, prompt="?"))
    assert qti.read(text.replace(old, new), tmp_path).key == {"right": ["a"]}


def test_prefixed_names_are_read_like_others(tmp_path: Path) -> None:
    text = item(response(["A"]), choice({"A": "x", "B": "y"}, prompt="?"))
    prefixed = text.replace("xmlns=", "xmlns:qti=").replace("</", "</qti:").replace("<", "<qti:")
    prefixed = prefixed.replace("<qti:/qti:", "</qti:").replace("<qti:?", "<?")
    assert qti.read(prefixed, tmp_path).key == {"right": ["a"]}


VERSION_3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="v3" title="Title"
  adaptive="false" time-dependent="false" xml:lang="en">
 <qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">
  <qti-correct-response><qti-value>H</qti-value><qti-value>O</qti-value></qti-correct-response>
  <qti-mapping lower-bound="0" default-value="-1"><qti-map-entry map-key="H" mapped-value="1"/>
   <qti-map-entry map-key="O" mapped-value="1"/></qti-mapping></qti-response-declaration>
 <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
 <qti-item-body><p class="qti-margin" data-x="1">Which are in water?</p>
  <qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="0">
   <qti-prompt>Mark all.</qti-prompt>
   <qti-simple-choice identifier="H">Hydrogen</qti-simple-choice>
   <qti-simple-choice identifier="C">Chlorine</qti-simple-choice>
   <qti-simple-choice identifier="O" fixed="true">Oxygen</qti-simple-choice></qti-choice-interaction>
  <qti-rubric-block use="scoring" view="tutor" class="explanation">
   <qti-content-body><p>H<sub>2</sub>O</p></qti-content-body></qti-rubric-block>
 </qti-item-body>
 <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>
</qti-assessment-item>"""


def test_version_3_is_the_same_model_in_other_names(tmp_path: Path) -> None:
    read = qti.read(VERSION_3, tmp_path)
    assert read.content["stem"] == "Which are in water?\nMark all."
    assert read.content["fixed"] == ["c"]
    weights = {"a": "0.5", "b": "-0.5", "c": "0.5"}
    assert read.key == {"right": ["a", "c"], "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}
    assert read.explanation == "H₂O"
    assert read.extras == {"title": "Title", "language": "en"}


def test_portable_custom_interactions_are_kept_as_source(tmp_path: Path) -> None:
    custom = '<qti-portable-custom-interaction response-identifier="RESPONSE"/>'
    start, end = VERSION_3.index("<qti-choice-"), VERSION_3.index("<qti-rubric")
    assert qti.kept(VERSION_3[:start] + custom + VERSION_3[end:], tmp_path).kind == "portableCustomInteraction"


def test_looks_that_a_text_cannot_have_are_told(tmp_path: Path) -> None:
    warning, read = qti.events(item(response(["A"]), f"<p>Not <b>this</b>.</p>{choice(METALS)}"), tmp_path)
    assert isinstance(warning, Problem)
    assert (warning.code, warning.detail) == ("formatting_dropped", "b")
    assert isinstance(read, ReadItem)
