"""Damaged items: whatever is missing, doubled or misplaced, a reader tells it and goes on."""

import copy
import random
from pathlib import Path

import pytest
from items import every_type
from lxml import etree

from questionbank.interchange import reading
from questionbank.interchange.model import Format, Problem, ReadItem, Unsupported
from questionbank.interchange.qti import packages
from questionbank.interchange.qti.old import documents
from questionbank.interchange.qti.writing.items import document

FILES = Path(__file__).parent / "files" / "qti"
SEEDS = 5
VALUES = ["", "0", "-1", "1e999999999", "NaN", "a", "²", "true", "9" * 30, "RESPONSE", "SCORE", "a b", "../../x"]


def damaged(root: etree._Element, chance: random.Random) -> bytes:
    """Return the document after a few blows."""
    tree = copy.deepcopy(root)
    for _ in range(chance.randint(1, 4)):
        elements = [element for element in tree.iter(etree.Element) if element.getparent() is not None]
        if not elements:
            break
        element = chance.choice(elements)
        blow = chance.choice(BLOWS)
        blow(element, elements, chance)
    return etree.tostring(tree)


def blows_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same blows at every run


def lose(element: etree._Element, _elements: list[etree._Element], _chance: random.Random) -> None:
    parent_of(element).remove(element)


def double(element: etree._Element, _elements: list[etree._Element], _chance: random.Random) -> None:
    parent_of(element).append(copy.deepcopy(element))


def empty(element: etree._Element, _elements: list[etree._Element], _chance: random.Random) -> None:
    for child in list(element):
        element.remove(child)


def misplace(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> None:
    other = chance.choice(elements)
    if element not in list(other.iterancestors()) and element is not other:
        other.append(element)


def change(element: etree._Element, _elements: list[etree._Element], chance: random.Random) -> None:
    if element.attrib:
        element.set(chance.choice(sorted(map(str, element.attrib))), chance.choice(VALUES))


def reword(element: etree._Element, _elements: list[etree._Element], chance: random.Random) -> None:
    element.text = chance.choice(VALUES)


def forget(element: etree._Element, _elements: list[etree._Element], chance: random.Random) -> None:
    if element.attrib:
        del element.attrib[chance.choice(sorted(map(str, element.attrib)))]


def parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


BLOWS = [lose, double, empty, misplace, change, reword, forget]


@pytest.mark.parametrize("version", [Format.QTI21, Format.QTI3])
@pytest.mark.parametrize("item", every_type.items("2"), ids=lambda item: item.where)
def test_a_damaged_item_is_read_kept_or_told(item: ReadItem, version: Format, tmp_path: Path) -> None:
    root = etree.fromstring(document(item, "x", version))
    for seed in range(SEEDS):
        path = tmp_path / "item.xml"
        path.write_bytes(damaged(root, blows_of(seed)))
        told = reading.Reading(version, reading._checked(packages.read(path)))
        assert all(isinstance(event, ReadItem | Unsupported | Problem) for event in told.events)


@pytest.mark.parametrize("name", ["canvas.xml", "common_cartridge.xml", "plain12.xml"])
def test_a_damaged_document_of_qti_1_is_read_kept_or_told(name: str, tmp_path: Path) -> None:
    root = etree.fromstring((FILES / name).read_bytes(), etree.XMLParser(load_dtd=False))
    for seed in range(5 * SEEDS):
        path = tmp_path / "items.xml"
        path.write_bytes(damaged(root, blows_of(seed)))
        told = reading.Reading(Format.QTI12, reading._checked(documents.read(path)))
        assert all(isinstance(event, ReadItem | Unsupported | Problem) for event in told.events)
