from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import every_type
import pytest

from questionbank import content
from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, Level, Medium, Problem, ReadItem

VERSIONS = [Format.QTI21, Format.QTI22, Format.QTI3]
NAMES = [item.where for item in every_type.items()]


def there_and_back(items: list[ReadItem], version: Format, folder: Path) -> list[ReadItem]:
    package = folder / "items.zip"
    assert writing.write(items, version, package) == []
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


def test_an_item_without_a_name_gets_one_that_it_keeps(tmp_path: Path) -> None:
    bare = replace(every_type.items()[0], external_id="", code="")
    (back,) = there_and_back([bare], Format.QTI21, tmp_path)
    assert back.external_id == "item-1"
    assert there_and_back([back], Format.QTI21, tmp_path)[0].external_id == "item-1"


def test_items_of_one_name_lie_in_files_of_their_own(tmp_path: Path) -> None:
    one, other = (replace(item, external_id="same/name") for item in every_type.items()[:2])
    back = there_and_back([one, other], Format.QTI3, tmp_path)
    assert [item.where for item in back] == ["items/same-name.xml", "items/same-name-2.xml"]
    assert [item.external_id for item in back] == ["same/name", "same/name"]
