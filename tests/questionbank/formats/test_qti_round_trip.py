from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from items import every_type

from questionbank import content
from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, Level, Medium, Problem, ReadItem
from questionbank.kinds import ItemType
from tests.questionbank.formats import items

VERSIONS = [Format.QTI21, Format.QTI22, Format.QTI3]
NAMES = [item.where for item in every_type.items()]


def there_and_back(written: list[ReadItem], version: Format, folder: Path) -> list[ReadItem]:
    package = folder / "items.zip"
    assert writing.write(written, version, package) == []
    read = reading.read(package)
    events = list(read.events)
    assert read.format == version
    assert [event for event in events if not isinstance(event, ReadItem)] == []
    return [event for event in events if isinstance(event, ReadItem)]


def comparable(item: ReadItem) -> ReadItem:
    """Where an item stood and how its files were called is not part of it, nor is the order of its files."""
    media = {medium.digest: Medium(medium.digest, medium.media_type, medium.data) for medium in item.media}
    return replace(item, where="", media=tuple(media[digest] for digest in sorted(media)))


@pytest.mark.parametrize("points", ["", "2.5"])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", NAMES)
def test_every_item_comes_back_equal(name: str, version: Format, points: str, tmp_path: Path) -> None:
    item = next(item for item in every_type.items(points) if item.where == name)
    content.check(item.type, item.content, item.key)
    (back,) = there_and_back([item], version, tmp_path)
    assert comparable(back) == comparable(item)
    assert back.key == item.key


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_items_make_the_same_bytes(version: Format, tmp_path: Path) -> None:
    packages = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for package in packages:
        writing.write(every_type.items("2"), version, package)
    assert packages[0].read_bytes() == packages[1].read_bytes()


def test_a_package_holds_each_picture_once(tmp_path: Path) -> None:
    writing.write(every_type.items(), Format.QTI22, tmp_path / "items.zip")
    with ZipFile(tmp_path / "items.zip") as package:
        names = package.namelist()
    assert len(names) == len(set(names))
    assert sum(name.startswith("media/") for name in names) == 4


def test_an_item_without_its_picture_is_left_out_by_name(tmp_path: Path) -> None:
    hotspot = next(item for item in every_type.items() if item.where == "hotspot")
    (problem,) = writing.write([replace(hotspot, media=())], Format.QTI21, tmp_path / "items.zip")
    assert problem == Problem("hotspot", Level.ERROR, "media_missing", every_type.GAUGE.digest)


def test_what_qti_has_no_place_for_is_told(tmp_path: Path) -> None:
    inline = next(item for item in every_type.items() if item.where == "inline")
    gap = [{**option, "media": every_type.RED.digest} for option in inline.content["gaps"][0]]
    shown = [every_type.shown(every_type.RED, "红灯")]
    drawn = {**inline.content, "gaps": [gap, inline.content["gaps"][1]], "media": shown}
    item = replace(inline, content=drawn, points="many", media=(every_type.RED,))
    problems = writing.write([item], Format.QTI22, tmp_path / "items.zip")
    assert [(one.level, one.code) for one in problems] == [
        (Level.WARNING, "points_dropped"),
        (Level.WARNING, "gap_pictures_apart"),
    ]
    (back,) = reading.read(tmp_path / "items.zip").events
    assert isinstance(back, ReadItem)
    assert (back.points, back.content["media"]) == ("", shown)


def test_an_item_without_an_identifier_has_none_when_it_comes_back(tmp_path: Path) -> None:
    bare = replace(every_type.items()[0], external_id="", code="")
    assert comparable(there_and_back([bare], Format.QTI21, tmp_path)[0]) == comparable(bare)


def test_items_of_one_name_lie_in_files_of_their_own(tmp_path: Path) -> None:
    one, other = (replace(item, external_id="same/name") for item in every_type.items()[:2])
    back = there_and_back([one, other], Format.QTI3, tmp_path)
    assert [item.where for item in back] == ["items/same-name.xml", "items/same-name-2.xml"]
    assert [item.external_id for item in back] == ["same/name", "same/name"]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_taken_beside_thirds_comes_back_as_it_was(version: Format, tmp_path: Path) -> None:
    options = [{"id": letter, "text": text} for letter, text in zip("abcd", "甲乙丙丁", strict=True)]
    weights = {"a": "1/3", "b": "1/3", "c": "1/3", "d": "-0.5"}
    key = {"right": ["a", "b", "c"], "scoring": {"mode": "MAP", "weights": weights, "least": "0"}}
    bare = replace(every_type.items()[0], type=ItemType.MULTIPLE_CHOICE, content={"stem": "选", "options": options})
    (back,) = there_and_back([replace(bare, key=key, media=())], version, tmp_path)
    assert back.key == key


SIMPLE = st.one_of(
    items.single_choices(),
    items.multiple_choices(),
    items.truths(),
    items.fill_ins(),
    items.fill_ins(blanks=3),
    items.numbers(),
    items.matchings(),
    items.orderings(),
    items.inline_choices(),
    items.written(points=True),
    items.single_choices().map(items.with_media),
)


@st.composite
def composites(draw: st.DrawFn) -> ReadItem:
    """Drawn items as the parts of one."""
    whole, *drawn = draw(st.lists(SIMPLE, min_size=2, max_size=5))
    named = {f"p{number}": part for number, part in enumerate(drawn, 1)}
    shares = draw(st.lists(st.integers(1, 9), min_size=len(drawn), max_size=len(drawn)))
    parts = [
        {"id": one, "type": part.type.value, "share": share, "content": part.content}
        for (one, part), share in zip(named.items(), shares, strict=True)
    ]
    told, key = {"stem": draw(items.texts()), "parts": parts}, {"parts": {one: part.key for one, part in named.items()}}
    media = {medium.digest: medium for part in drawn for medium in part.media}
    return replace(whole, type=ItemType.COMPOSITE, content=told, key=key, media=tuple(media.values()))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.one_of(SIMPLE, composites()), min_size=1, max_size=3), st.sampled_from(VERSIONS))
def test_whatever_is_drawn_comes_back_equal(drawn: list[ReadItem], version: Format) -> None:
    with TemporaryDirectory() as folder:
        back = there_and_back(drawn, version, Path(folder))
    assert [comparable(item) for item in back] == [comparable(item) for item in drawn]
    assert [item.key for item in back] == [item.key for item in drawn]
