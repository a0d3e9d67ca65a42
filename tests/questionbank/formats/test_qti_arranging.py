from pathlib import Path

import qti
from items import every_type
from qti import item, response

from questionbank.interchange import reading
from questionbank.interchange.model import Problem, ReadItem
from questionbank.kinds import ItemType


def associable(names: str) -> str:
    return "".join(
        f'<simpleAssociableChoice identifier="{one}" matchMax="9">{one}</simpleAssociableChoice>' for one in names
    )


def asking(kind: str, inner: str, more: str) -> str:
    return f'<{kind}Interaction responseIdentifier="RESPONSE" {more}>{inner}</{kind}Interaction>'


def match(left: str, right: str) -> str:
    sides = "".join(f"<simpleMatchSet>{associable(side)}</simpleMatchSet>" for side in (left, right))
    return asking("match", f"<prompt>?</prompt>{sides}", 'shuffle="true" maxAssociations="4"')


def pairs(*values: str, mapping: dict[str, float] | None = None) -> str:
    return response(list(values), cardinality="multiple", kind="directedPair", mapping=mapping)


def test_an_order_is_right_as_a_whole(tmp_path: Path) -> None:
    choices = "".join(f'<simpleChoice identifier="{one}">{one}</simpleChoice>' for one in "甲乙丙")
    asked = asking("order", f"<prompt>排序</prompt>{choices}", 'shuffle="true"')
    read = qti.read(item(response(["丙", "甲", "乙"], cardinality="ordered"), asked), tmp_path)
    assert (read.type, read.key) == (ItemType.ORDERING, {"order": ["a", "c", "b"]})


def test_pairs_of_a_mapping_earn_shares_and_of_match_correct_the_whole(tmp_path: Path) -> None:
    mapped = qti.read(item(pairs(mapping={"A X": 1, "B Y": 1}), match("AB", "XYZ"), qti.MAP_RESPONSE), tmp_path)
    assert mapped.key == {"pairs": {"a": "a", "b": "b"}}
    assert mapped.points == "2"
    whole = qti.read(item(pairs("A Y", "B Y"), match("AB", "XYZ")), tmp_path)
    assert whole.key == {"pairs": {"a": "b", "b": "b"}, "scoring": "EXACT"}


def test_the_side_of_which_each_has_one_match_stands_left(tmp_path: Path) -> None:
    read = qti.read(item(pairs("A X", "A Y"), match("AB", "XY")), tmp_path)
    assert [option["text"] for option in read.content["options"]] == ["X", "Y"]
    assert [option["text"] for option in read.content["matches"]] == ["A", "B"]
    assert read.key["pairs"] == {"a": "a", "b": "a"}


def test_a_table_of_many_to_many_is_kept_as_source(tmp_path: Path) -> None:
    assert qti.kept(item(pairs("A X", "A Y", "B X"), match("AB", "XY")), tmp_path).kind == "match"


def test_free_pairs_are_divided_into_two_sides(tmp_path: Path) -> None:
    asked = asking("associate", f"<prompt>?</prompt>{associable('ABCD')}", 'shuffle="true" maxAssociations="2"')
    declared = response(["A C", "B D"], cardinality="multiple", kind="pair")
    warning, read = qti.events(item(declared, asked), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "sides_divided"
    assert isinstance(read, ReadItem)
    assert read.key["pairs"] == {"a": "a", "b": "b"}


def test_texts_for_gaps_become_choices_in_each_gap(tmp_path: Path) -> None:
    asked = """<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false">
      <gapText identifier="W" matchMax="1">冬</gapText><gapText identifier="S" matchMax="1">夏</gapText>
      <p>北半球七月是 <gap identifier="G1"/>，一月是 <gap identifier="G2"/>。</p></gapMatchInteraction>"""
    warning, read = qti.events(item(pairs("S G1", "W G2"), asked), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "texts_reusable"
    assert isinstance(read, ReadItem)
    assert (read.type, read.content["stem"]) == (ItemType.INLINE_CHOICE, "北半球七月是 ____，一月是 ____。")
    assert read.key == {"gaps": ["b", "a"]}


PICTURE = '<object type="image/png" data="media/panel.png" width="{}" height="{}">面板</object>'
ONE = '<resource identifier="i" type="imsqti_item_xmlv2p1" href="items/q.xml"/>'


def with_picture(text: str, folder: Path) -> list[object]:
    files = {"items/q.xml": text, "items/media/panel.png": every_type.GAUGE.data}
    return list(reading.read(qti.package(folder / "p.zip", ONE, files)).events)


def test_areas_are_scaled_to_the_pixels_of_the_picture(tmp_path: Path) -> None:
    declared = """<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="point"><areaMapping>
      <areaMapEntry shape="rect" coords="5,10,30,40" mappedValue="1"/>
      <areaMapEntry shape="circle" coords="100,75,10" mappedValue="1"/></areaMapping></responseDeclaration>"""
    asked = asking("selectPoint", f"<prompt>标出</prompt>{PICTURE.format(200, 150)}", 'maxChoices="2"')
    (read,) = with_picture(item(declared, asked, qti.MAP_POINT), tmp_path)
    assert isinstance(read, ReadItem)
    assert (read.content["picture"]["width"], read.content["picture"]["height"]) == (400, 300)
    assert read.key == {
        "areas": [
            {"shape": "RECT", "coords": [10, 20, 60, 80]},
            {"shape": "CIRCLE", "coords": [200, 150, 20]},
        ]
    }
    assert (read.content["points"], read.points) == (2, "2")


def test_the_right_outline_becomes_the_area_and_the_others_are_not_shown(tmp_path: Path) -> None:
    spots = "".join(
        f'<hotspotChoice identifier="{name}" shape="rect" coords="{coords}"/>'
        for name, coords in {"A": "0,0,10,10", "B": "50,50,90,90"}.items()
    )
    asked = asking("hotspot", f"<prompt>哪里</prompt>{PICTURE.format(400, 300)}{spots}", 'maxChoices="1"')
    warning, read = with_picture(item(response(["B"]), asked), tmp_path)
    assert isinstance(warning, Problem)
    assert warning.code == "outlines_dropped"
    assert isinstance(read, ReadItem)
    assert read.key == {"areas": [{"shape": "RECT", "coords": [50, 50, 90, 90]}]}


def test_a_picture_that_the_package_lacks_keeps_the_item_as_source(tmp_path: Path) -> None:
    asked = asking("hotspot", PICTURE.format(4, 3), 'maxChoices="1"')
    assert qti.kept(item(response(["A"]), asked), tmp_path).kind in {"key", "picture_missing"}
