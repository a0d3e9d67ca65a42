"""What is written is valid against our transcriptions of the published content models."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from items import every_type
from lxml import etree

from questionbank.interchange import reading, writing
from questionbank.interchange.model import Format, ReadItem

SCHEMAS = Path(__file__).parent / "schemas"
WRONG = [
    ("hotspot", "areaMapEntry@coords", "1,2"),
    ("hotspot", "object@width", "400px"),
    ("hotspot", "object@type", "image"),
    ("single", "outcomeDeclaration@normalmaximum", "-1"),
    ("single", "responseDeclaration@identifier", "1 2"),
]
VERSIONS = {
    Format.QTI21: ("qti_v2p1.xsd", "manifest.xsd"),
    Format.QTI22: ("qti_v2p2.xsd", "manifest.xsd"),
    Format.QTI3: ("qti_v3p0.xsd", "manifest_v3p0.xsd"),
}


def squeezed(name: str) -> str:
    """Return a name of version 3 as that of version 2, without its capitals."""
    return name.removeprefix("qti-").replace("-", "").lower()


def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


@pytest.mark.parametrize("points", ["", "2.5"])
@pytest.mark.parametrize("version", list(VERSIONS))
def test_every_item_and_the_manifest_are_valid(version: Format, points: str, tmp_path: Path) -> None:
    writing.write(every_type.items(points), version, tmp_path / "items.zip")
    of_items, of_manifests = (schema(name) for name in VERSIONS[version])
    with ZipFile(tmp_path / "items.zip") as package:
        documents = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    of_manifests.assertValid(documents.pop("imsmanifest.xml"))
    assert len(documents) == len(every_type.items())
    for document in documents.values():
        of_items.assertValid(document)


@pytest.mark.parametrize("version", list(VERSIONS))
def test_the_schemas_refuse_another_order(version: Format, tmp_path: Path) -> None:
    writing.write(every_type.items()[:1], version, tmp_path / "items.zip")
    with ZipFile(tmp_path / "items.zip") as package:
        item = etree.fromstring(package.read("items/single.xml"))
    item.append(item[0])
    assert not schema(VERSIONS[version][0]).validate(item)


def test_the_manifest_names_every_file_of_the_package(tmp_path: Path) -> None:
    writing.write(every_type.items(), Format.QTI22, tmp_path / "items.zip")
    with ZipFile(tmp_path / "items.zip") as package:
        named = etree.fromstring(package.read("imsmanifest.xml")).xpath("//*[local-name()='file']/@href")
        assert {*named, "imsmanifest.xml"} == set(package.namelist())


@pytest.mark.parametrize("version", list(VERSIONS))
def test_an_identifier_that_xml_cannot_hold_as_a_name_comes_back_whole(version: Format, tmp_path: Path) -> None:
    (item, *_) = every_type.items()
    given = ["2026/01 甲", "7", "电工.01-a"]
    many = [replace(item, external_id=one, code=f"C{number}") for number, one in enumerate(given)]
    writing.write(many, version, tmp_path / "items.zip")
    of_items, of_manifests = (schema(name) for name in VERSIONS[version])
    with ZipFile(tmp_path / "items.zip") as package:
        documents = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    of_manifests.assertValid(documents.pop("imsmanifest.xml"))
    assert all(of_items.validate(document) for document in documents.values())
    read = reading.read(tmp_path / "items.zip").events
    assert [event.external_id for event in read if isinstance(event, ReadItem)] == given


@pytest.mark.parametrize("version", list(VERSIONS))
def test_each_document_says_where_its_schema_is_published(version: Format, tmp_path: Path) -> None:
    writing.write(every_type.items()[:1], version, tmp_path / "items.zip")
    with ZipFile(tmp_path / "items.zip") as package:
        for name in ("imsmanifest.xml", "items/single.xml"):
            root = etree.fromstring(package.read(name))
            told = root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "").split()
            assert etree.QName(root).namespace in told[::2]
            assert all(address.startswith("http") and address.endswith(".xsd") for address in told[1::2])


@pytest.mark.parametrize("version", list(VERSIONS))
def test_the_schemas_refuse_what_the_published_ones_refuse(version: Format, tmp_path: Path) -> None:
    writing.write(every_type.items("2"), version, tmp_path / "items.zip")
    of_items = schema(VERSIONS[version][0])
    with ZipFile(tmp_path / "items.zip") as package:
        for name, path, value in WRONG:
            item = etree.fromstring(package.read(f"items/{name}.xml"))
            element, _, attribute = path.rpartition("@")
            found = next(one for one in item.iter() if squeezed(etree.QName(one).localname) == element.lower())
            key = next(one for one in found.attrib if squeezed(str(one)) == attribute)
            found.set(key, value)
            assert not of_items.validate(item), (name, path)
