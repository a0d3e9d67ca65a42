"""The format of a file is told by what it holds."""

import io
import zipfile
from pathlib import Path

import pytest

from questionbank.interchange import sniffing
from questionbank.interchange.model import Format

V2P1, V2P2 = "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imsqti_v2p2"
V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
RESOURCE = '<manifest xmlns="{0}"><resources><resource type="{1}" href="i.xml"/></resources></manifest>'
CONTENT_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<?xml version="1.0"?><quiz><question/></quiz>', Format.MOODLE_XML),
        ("<questestinterop/>", Format.QTI12),
        ('<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"/>', Format.QTI12),
        (f'<?xml version="1.0"?><assessmentItem xmlns="{V2P1}"/>', Format.QTI21),
        (f'<?xml version="1.0"?>\n<!-- x --><assessmentItem xmlns="{V2P2}"/>', Format.QTI22),
        (f'<?xml version="1.0"?><qti-assessment-item xmlns="{V3}"/>', Format.QTI3),
        ("::t::q {=a ~b}", Format.GIFT),
        ("$CATEGORY: x\n\nq {T}", Format.GIFT),
        ("q\nA. a\nB. b\nANSWER: A\n", Format.AIKEN),
        ("题型,题干,选项A,正确答案\n单选题,x,y,A\n", Format.CSV),
        ("培训试题,,,\n题干\t题型\t答案\nx\t单选\tA\n", Format.CSV),
        ("一、单选题\n1. 灭火器？（ A ）\nA. 水 B. 干粉\n答案：B\n", Format.TEXT),
    ],
)
def test_texts_and_xml(tmp_path: Path, text: str, told: Format) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        file = tmp_path / "upload.bin"
        file.write_text(text, encoding=encoding)
        assert sniffing.sniff(file) is told


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"imsmanifest.xml": RESOURCE.format(CONTENT_PACKAGE, "imsqti_item_xmlv2p1")}, Format.QTI21),
        ({"a/imsmanifest.xml": RESOURCE.format(CONTENT_PACKAGE, "imsqti_item_xmlv2p2")}, Format.QTI22),
        ({"imsmanifest.xml": RESOURCE.format(CONTENT_PACKAGE, "imsqti_item_xmlv3p0")}, Format.QTI3),
        (
            {"imsmanifest.xml": RESOURCE.format(CONTENT_PACKAGE, "imsqti_xmlv1p2/imscc_xmlv1p1/assessment")},
            Format.QTI12,
        ),
        (
            {
                "imsmanifest.xml": RESOURCE.format(CONTENT_PACKAGE, "webcontent"),
                "i.xml": f'<?xml version="1.0"?><assessmentItem xmlns="{V2P2}"/>',
            },
            Format.QTI22,
        ),
        ({"xl/workbook.xml": "<x/>"}, Format.XLSX),
        ({"word/document.xml": "<x/>"}, Format.DOCX),
    ],
)
def test_packages(tmp_path: Path, members: dict[str, str], told: Format) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    file = tmp_path / "upload"
    file.write_bytes(data.getvalue())
    assert sniffing.sniff(file) is told
