"""What is written is valid against our transcriptions of the published content models."""

from pathlib import Path
from zipfile import ZipFile

import every_type
import pytest
from lxml import etree

from questionbank.interchange import writing
from questionbank.interchange.model import Format

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = {
    Format.QTI21: ("qti_v2p1.xsd", "manifest.xsd"),
    Format.QTI22: ("qti_v2p2.xsd", "manifest.xsd"),
    Format.QTI3: ("qti_v3p0.xsd", "manifest_v3p0.xsd"),
}


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
